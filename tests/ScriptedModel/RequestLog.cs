namespace Teleprompter.Tests.ScriptedModel;

/// <summary>Every request of a server, as it stands now. Thread-safe.</summary>
public sealed class RequestLog
{
    readonly Lock _lock = new();
    readonly List<ModelRequest> _requests = [];
    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All of them, in the order received.</summary>
    public IReadOnlyList<ModelRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Waits until the requests are as <paramref name="condition"/> asks.</summary>
    /// <param name="condition">Looks at all requests, in the order received.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The requests that met it.</returns>
    /// <exception cref="TimeoutException">They were not so in time.</exception>
    public async Task<IReadOnlyList<ModelRequest>> Until(Predicate<IReadOnlyList<ModelRequest>> condition, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        while (true)
        {
            Task changed;
            IReadOnlyList<ModelRequest> all;
            lock (_lock)
            {
                changed = _changed.Task;
                all = [.. _requests];
            }

            if (condition(all))
            {
                return all;
            }

            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Not so within {timeout}; the requests are: {string.Join("; ", all)}", late);
            }
        }
    }

    internal ModelRequest Add(Func<int, ModelRequest> create)
    {
        lock (_lock)
        {
            _requests.Add(create(_requests.Count + 1));
            Signal();
            return _requests[^1];
        }
    }

    /// <summary>The first end stands: an abort seen while the last bytes leave changes nothing.</summary>
    internal void Update(int number, Func<ModelRequest, ModelRequest> change)
    {
        lock (_lock)
        {
            if (_requests[number - 1].End == RequestEnd.Open)
            {
                _requests[number - 1] = change(_requests[number - 1]);
                Signal();
            }
        }
    }

    void Signal()
    {
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

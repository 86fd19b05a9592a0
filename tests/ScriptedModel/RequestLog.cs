namespace Teleprompter.Tests.ScriptedModel;

/// <summary>Every request of a server, as it stands now. Thread-safe.</summary>
public sealed class RequestLog
{
    readonly Lock sync = new();
    readonly List<ModelRequest> requests = [];
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>All of them, in the order received.</summary>
    public IReadOnlyList<ModelRequest> All
    {
        get
        {
            lock (sync)
            {
                return [.. requests];
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
            Task nextChange;
            IReadOnlyList<ModelRequest> all;
            lock (sync)
            {
                nextChange = changed.Task;
                all = [.. requests];
            }

            if (condition(all))
            {
                return all;
            }

            try
            {
                await nextChange.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException($"Not so within {timeout}; the requests are: {string.Join("; ", all)}", late);
            }
        }
    }

    internal ModelRequest Add(Func<int, ModelRequest> create)
    {
        lock (sync)
        {
            requests.Add(create(requests.Count + 1));
            Signal();
            return requests[^1];
        }
    }

    /// <summary>The first end stands: an abort seen while the last bytes leave changes nothing.</summary>
    internal void Update(int number, Func<ModelRequest, ModelRequest> change)
    {
        lock (sync)
        {
            if (requests[number - 1].End == RequestEnd.Open)
            {
                requests[number - 1] = change(requests[number - 1]);
                Signal();
            }
        }
    }

    void Signal()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

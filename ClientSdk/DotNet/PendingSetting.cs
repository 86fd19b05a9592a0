namespace Teleprompter.ClientSdk;

/// <summary>
/// A setting that the gateway keeps: the newest value that it has not confirmed yet. The client asks for it again after a reconnect and
/// after a refusal that will pass. Every member is called under the client's lock.
/// </summary>
/// <param name="invoke">Asks the gateway for a value.</param>
/// <param name="settled">Told under the lock that the gateway has confirmed a value, or has refused it for good.</param>
sealed class PendingSetting<T>(
    CallLink link, CallClientOptions options, Lock gate, Func<T, Task> invoke, Action<T, bool> settled, CancellationToken stop)
{
    Wish? pending;

    /// <summary>The value that is pending, else the one that the gateway has.</summary>
    public T Or(T known) => pending is { } wish ? wish.Value : known;

    public void Want(T value) => pending = new(value);

    /// <summary>Asks for what is pending.</summary>
    /// <returns>When confirmed; at once where nothing is pending.</returns>
    /// <exception cref="CallRefusedException">The gateway refused; where the reason will pass, the client asks again by itself.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection; the value stays pending.</exception>
    public Task Ask() => pending is { } wish ? Ask(pending = new(wish.Value)) : Task.CompletedTask;

    async Task Ask(Wish wish)
    {
        try
        {
            await invoke(wish.Value);
            Settle(wish, confirmed: true);
        }
        catch (CallRefusedException error) when (error.MayRetry)
        {
            _ = AskLater(wish);
            throw;
        }
        catch (CallRefusedException)
        {
            Settle(wish, confirmed: false);
            throw;
        }
    }

    async Task AskLater(Wish wish)
    {
        await RetryDelay.Wait(++wish.Refusals, options, stop);
        Task asked;
        lock (gate)
        {
            asked = pending == wish && !stop.IsCancellationRequested ? Ask(wish) : Task.CompletedTask;
        }

        link.Observe(asked);
    }

    void Settle(Wish wish, bool confirmed)
    {
        lock (gate)
        {
            if (pending == wish)
            {
                pending = null;
                settled(wish.Value, confirmed);
            }
        }
    }

    sealed class Wish(T value)
    {
        public T Value { get; } = value;

        public int Refusals { get; set; }
    }
}

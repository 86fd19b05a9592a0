using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// What the rep did with suggestions, on its way to the gateway one after the other: kept until it is stored, sent again after a reconnect
/// or a refusal that will pass. Every member is called under the client's lock.
/// </summary>
sealed class FeedbackSender(CallLink link, CallClientOptions options, Lock gate, CancellationToken stop)
{
    /// <summary>Feedback that waits at most; beyond that the oldest is given up and counted.</summary>
    public const int Capacity = 50;

    readonly List<SuggestionFeedback> waiting = [];
    bool sending;

    public int Waiting => waiting.Count;

    public long Lost { get; private set; }

    public void Send(SuggestionFeedback feedback)
    {
        waiting.Add(feedback);
        if (waiting.Count > Capacity)
        {
            waiting.RemoveAt(0);
            Lost++;
        }

        Resend();
    }

    /// <summary>Sends what waits, if there is a connection.</summary>
    public void Resend()
    {
        if (!sending && link.IsOpen)
        {
            sending = true;
            _ = SendAll();
        }
    }

    async Task SendAll()
    {
        var retries = 0;
        while (Next() is { } feedback)
        {
            try
            {
                await link.Invoke(nameof(ICallHub.SendFeedback), feedback);
            }
            catch (CallDisconnectedException)
            {
                Rest();
                return;
            }
            catch (CallRefusedException error)
            {
                var wait = error.MayRetry ? RetryDelay.Wait(++retries, options, stop) : null;
                options.Trouble?.Invoke(error.Message);
                if (wait is not null)
                {
                    await wait;
                    continue;
                }
            }

            retries = 0;
            lock (gate)
            {
                waiting.Remove(feedback);
            }
        }
    }

    SuggestionFeedback? Next()
    {
        lock (gate)
        {
            sending = waiting.Count > 0 && !stop.IsCancellationRequested;
            return sending ? waiting[0] : null;
        }
    }

    /// <summary>The connection is gone; where it is back already, nobody else asks again.</summary>
    void Rest()
    {
        lock (gate)
        {
            sending = false;
            Resend();
        }
    }
}

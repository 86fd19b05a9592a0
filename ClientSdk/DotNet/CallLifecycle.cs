using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>A call from its start to its end: what changes when a connection opens, brings an event, or is lost.</summary>
sealed class CallLifecycle : ICallLinkOwner, IAsyncDisposable
{
    readonly CallClientOptions options;
    readonly ProgressMeter progress;
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task running = Task.CompletedTask;

    public CallLifecycle(CallClientOptions options)
    {
        this.options = options;
        State = new CallState(options);
        Link = new CallLink(options, this);
        progress = new ProgressMeter(options.Time);
        Sender = new CallSender(Link, State, options, Gate, progress.Sent, stop.Token)
        {
            Deleted = () => Finish(ConnectionPhase.Ended),
        };
    }

    /// <summary>The client's lock.</summary>
    public Lock Gate { get; } = new();

    public CallLink Link { get; }

    public CallState State { get; }

    public CallSender Sender { get; }

    public EventFeed Feed { get; } = new();

    /// <summary>Starts the call unless it has started.</summary>
    /// <param name="cancellationToken">Gives up waiting, not trying.</param>
    /// <returns>When it is open for the first time.</returns>
    public Task Start(CancellationToken cancellationToken)
    {
        lock (Gate)
        {
            if (State.Phase is ConnectionPhase.Idle)
            {
                State.Connect();
                running = Task.Run(() => Link.Run(stop.Token), CancellationToken.None);
            }
        }

        return connected.Task.WaitAsync(cancellationToken);
    }

    public void Finish(ConnectionPhase last)
    {
        lock (Gate)
        {
            State.End(last);
        }

        Feed.Complete();
        _ = stop.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
        await running;
#pragma warning restore VSTHRD003
        Feed.Complete();
        connected.TrySetCanceled(CancellationToken.None);
        Sender.Dispose();
    }

    StartCallRequest ICallLinkOwner.Request()
    {
        lock (Gate)
        {
            return Sender.Request;
        }
    }

    void ICallLinkOwner.Opened(StartCallReply reply)
    {
        lock (Gate)
        {
            var wasPaused = State.View.Status.Paused;
            var anew = State.Open(reply);
            if (anew)
            {
                options.StartedAnew?.Invoke();
            }

            if (reply.Language is { } language)
            {
                Sender.Transcript.Judge(language);
            }

            progress.Open();
            Sender.Open(anew, wasPaused);
        }

        connected.TrySetResult();
    }

    void ICallLinkOwner.Received(CallEvent callEvent)
    {
        lock (Gate)
        {
            var (counts, resync) = State.Apply(callEvent);
            if (resync)
            {
                Link.Observe(Link.Invoke(nameof(ICallHub.Resync)));
            }

            if (!counts)
            {
                return;
            }

            if (progress.Handle(callEvent) is { } due)
            {
                Link.Observe(Link.Invoke(nameof(ICallHub.Acknowledge), due));
            }

            Feed.Offer(callEvent);
        }

        if (callEvent is CallEnded ended)
        {
            Finish(ended.Reason is EndReason.MovedElsewhere ? ConnectionPhase.Moved : ConnectionPhase.Ended);
        }
    }

    void ICallLinkOwner.Lost()
    {
        lock (Gate)
        {
            State.Lose();
            Sender.Hold();
        }
    }
}

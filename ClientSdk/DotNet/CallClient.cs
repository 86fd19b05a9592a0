using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// One call, over as many connections as it takes. <see cref="ConnectAsync"/>, <see cref="Hear"/>, and read <see cref="Events"/> or
/// <see cref="View"/>. Safe to use from any thread.
/// </summary>
public sealed class CallClient : ICallLinkOwner, IAsyncDisposable
{
    /// <summary>Events between two acknowledgements.</summary>
    const int AcknowledgeEvery = 16;

    readonly Lock gate = new();
    readonly CallClientOptions options;
    readonly CallLink link;
    readonly TranscriptSender sender;
    readonly NetworkTimings timings;
    readonly EventFeed feed = new();
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task running = Task.CompletedTask;
    CallView view;
    CallTicket? ticket;
    ConnectionPhase phase;
    CallBrief? brief;
    bool? pauseWanted;
    bool briefUnconfirmed;
    long lostAt;
    long clockOrigin;
    int unacknowledged;

    /// <summary>Creates a client that is not connected yet.</summary>
    /// <param name="options">How it reaches and starts its call.</param>
    public CallClient(CallClientOptions options)
    {
        this.options = options;
        (brief, ticket) = (options.Brief, options.Ticket);
        view = new CallView { Brief = brief ?? CallBrief.Empty };
        timings = new NetworkTimings(options.Time);
        link = new CallLink(options, this);
        sender = new TranscriptSender(link, options, gate, SegmentSent);
    }

    /// <summary>What is known of the call.</summary>
    public CallView View
    {
        get
        {
            lock (gate)
            {
                return pauseWanted is { } paused ? view with { Status = view.Status with { Paused = paused } } : view;
            }
        }
    }

    /// <summary>Where the client stands.</summary>
    public ConnectionState Connection
    {
        get
        {
            lock (gate)
            {
                return new(phase, phase is ConnectionPhase.Reconnecting ? options.Time.GetElapsedTime(lostAt).TotalSeconds : 0);
            }
        }
    }

    /// <summary>The one line that is true now.</summary>
    public StatusLine StatusLine => StatusLine.Pick(View.Status, Connection);

    /// <summary>What takes the call up again; null before it has started.</summary>
    public CallTicket? Ticket
    {
        get
        {
            lock (gate)
            {
                return ticket;
            }
        }
    }

    /// <summary>The call's clock; zero before it has started.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (gate)
            {
                return phase is ConnectionPhase.Idle or ConnectionPhase.Connecting ? TimeSpan.Zero : options.Time.GetElapsedTime(clockOrigin);
            }
        }
    }

    /// <summary>Finals that the gateway has not acknowledged yet; they are sent again after a reconnect. At most 200 wait.</summary>
    public int Unacknowledged
    {
        get
        {
            lock (gate)
            {
                return sender.Waiting;
            }
        }
    }

    /// <summary>Segments given up: interims while disconnected, everything while paused, finals beyond the 200 that wait.</summary>
    public long Dropped
    {
        get
        {
            lock (gate)
            {
                return sender.Dropped;
            }
        }
    }

    /// <summary>Events that readers of <see cref="Events"/> lost because they fell behind.</summary>
    public long EventsDropped => feed.Dropped;

    /// <summary>Starts the call, or takes it up again, and keeps it connected from then on: the client tries for ever, until the call ends or the client is disposed.</summary>
    /// <param name="cancellationToken">Gives up waiting, not trying.</param>
    /// <returns>When the call is open for the first time.</returns>
    public Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (phase is ConnectionPhase.Idle)
            {
                phase = ConnectionPhase.Connecting;
                running = Task.Run(() => link.Run(stop.Token), CancellationToken.None);
            }
        }

        return connected.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Every event from now on, in order and after <see cref="View"/> took it in. Ends after <see cref="CallEnded"/>, or when the client is disposed.
    /// A reader more than 1,024 events behind loses the oldest, counted in <see cref="EventsDropped"/>; <see cref="View"/> is always whole.
    /// </summary>
    /// <param name="cancellationToken">Stops listening.</param>
    /// <returns>The events.</returns>
    public IAsyncEnumerable<CallEvent> Events(CancellationToken cancellationToken = default) => feed.Listen(cancellationToken);

    /// <summary>
    /// Words of either speaker. Level 1 decides whether they end the turn, where <see cref="TranscriptSegment.EndOfTurn"/> does not say. Nothing leaves the
    /// client while paused. A final is kept until the gateway has stored it.
    /// </summary>
    /// <param name="segment">The words.</param>
    public void Hear(TranscriptSegment segment)
    {
        lock (gate)
        {
            if (pauseWanted ?? view.Status.Paused || phase is ConnectionPhase.Ended or ConnectionPhase.Moved)
            {
                sender.Drop();
            }
            else
            {
                sender.Hear(segment);
            }
        }
    }

    /// <summary>A changed brief; it counts from the next suggestion. Sent again after a reconnect until it is stored.</summary>
    /// <param name="changed">All fields, not only the changed ones.</param>
    /// <returns>When stored.</returns>
    /// <exception cref="CallRefusedException">It is not valid.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public async Task UpdateBrief(CallBrief changed)
    {
        lock (gate)
        {
            (brief, briefUnconfirmed) = (changed, true);
            view = view with { Brief = changed };
        }

        await Settle(nameof(ICallHub.UpdateBrief), () => briefUnconfirmed &= brief != changed, changed);
    }

    /// <summary>What the rep did with a suggestion.</summary>
    /// <param name="feedback">The suggestion and what was done.</param>
    /// <returns>When stored.</returns>
    /// <exception cref="CallRefusedException">It is not valid.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task SendFeedback(SuggestionFeedback feedback)
    {
        lock (gate)
        {
            view = view.With(feedback);
        }

        return link.Invoke(nameof(ICallHub.SendFeedback), feedback);
    }

    /// <summary>Asks for a suggestion although nobody put a question.</summary>
    /// <returns>When passed on.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task SuggestNow() => link.Invoke(nameof(ICallHub.SuggestNow));

    /// <summary>Off the record, at once: what was begun is forgotten here, and the gateway is told now or as soon as it is back.</summary>
    /// <returns>When in force at the gateway.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now; the pause holds here nevertheless.</exception>
    public Task Pause() => Want(paused: true);

    /// <summary>On the record again.</summary>
    /// <returns>When in force at the gateway.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task Resume() => Want(paused: false);

    /// <summary>The channels are reversed, before and from now on.</summary>
    /// <returns>When stored.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task SwapSpeakers() => link.Invoke(nameof(ICallHub.SwapSpeakers));

    /// <summary>Asks for a snapshot. The client does so by itself after a gap.</summary>
    /// <returns>When passed on.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task Resync() => link.Invoke(nameof(ICallHub.Resync));

    /// <summary>Ends open turns and the call; <see cref="CallEnded"/> comes last. Without a connection the call ends here at once, and at the gateway two minutes later.</summary>
    /// <returns>When passed on.</returns>
    public async Task EndCall()
    {
        lock (gate)
        {
            sender.Flush();
        }

        try
        {
            await link.Invoke(nameof(ICallHub.EndCall));
        }
        catch (CallDisconnectedException)
        {
            Finish(ConnectionPhase.Ended);
        }
    }

    /// <summary>Lets go of the call without ending it: whoever holds the ticket can take it up again.</summary>
    /// <returns>When the connection is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
        await running;
#pragma warning restore VSTHRD003
        feed.Complete();
        connected.TrySetCanceled(CancellationToken.None);
        sender.Dispose();
        stop.Dispose();
    }

    StartCallRequest ICallLinkOwner.Request()
    {
        lock (gate)
        {
            var resume = ticket is null ? null : new ResumeRequest(ticket.CallId, ticket.ResumeToken, view.Number);
            return new StartCallRequest(brief, options.Language, resume);
        }
    }

    void ICallLinkOwner.Opened(StartCallReply reply)
    {
        lock (gate)
        {
            if (ticket is not null && !reply.Resumed)
            {
                options.StartedAnew?.Invoke();
            }

            view = reply.Resumed
                ? view with { Number = reply.Number, Stale = false }
                : new CallView { Number = reply.Number, Brief = brief ?? CallBrief.Empty };
            ticket = new CallTicket(reply.CallId, reply.ResumeToken);
            SetClock(reply.ElapsedMs);
            (phase, unacknowledged) = (ConnectionPhase.Open, 0);
            if (pauseWanted is { } paused)
            {
                Forget(Want(paused));
            }

            if (briefUnconfirmed && reply.Resumed)
            {
                Forget(UpdateBrief(brief!));
            }

            sender.Resend();
        }

        connected.TrySetResult();
    }

    void ICallLinkOwner.Received(CallEvent callEvent)
    {
        lock (gate)
        {
            var (next, resync) = view.Apply(callEvent);
            var taken = !ReferenceEquals(next, view) && !resync;
            view = next;
            if (resync)
            {
                Forget(Resync());
            }

            if (!taken)
            {
                return;
            }

            Acknowledge(callEvent);
            feed.Offer(callEvent);
        }

        if (callEvent is CallEnded ended)
        {
            Finish(ended.Reason is EndReason.MovedElsewhere ? ConnectionPhase.Moved : ConnectionPhase.Ended);
        }
    }

    void ICallLinkOwner.Lost()
    {
        lock (gate)
        {
            if (phase is ConnectionPhase.Open)
            {
                (phase, lostAt) = (ConnectionPhase.Reconnecting, options.Time.GetTimestamp());
            }

            sender.Hold();
        }
    }

    void SegmentSent(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            timings.Sent(segment.SegmentId);
        }
    }

    void Acknowledge(CallEvent callEvent)
    {
        var progress = new Progress(callEvent.Number);
        unacknowledged++;
        switch (callEvent)
        {
            case Restored restored:
                brief = briefUnconfirmed ? brief : restored.Brief;
                SetClock(restored.ElapsedMs);
                break;
            case SuggestionStarted started:
                timings.Started(started);
                break;
            case SuggestionDelta delta:
                timings.Words(delta.SuggestionId);
                break;
            case SuggestionCompleted completed:
                progress = progress with { SuggestionId = completed.SuggestionId, NetworkMs = timings.Completed(completed) };
                break;
        }

        if (unacknowledged >= AcknowledgeEvery || callEvent is Restored or SuggestionCompleted)
        {
            unacknowledged = 0;
            Forget(link.Invoke(nameof(ICallHub.Acknowledge), progress));
        }
    }

    void Finish(ConnectionPhase last)
    {
        lock (gate)
        {
            phase = last;
        }

        feed.Complete();
        _ = stop.CancelAsync();
    }

    async Task Want(bool paused)
    {
        lock (gate)
        {
            pauseWanted = paused;
            if (paused)
            {
                sender.Forget();
            }
        }

        await Settle(paused ? nameof(ICallHub.Pause) : nameof(ICallHub.Resume), () =>
        {
            if (pauseWanted == paused)
            {
                pauseWanted = null;
                view = view with { Status = view.Status with { Paused = paused } };
            }
        });
    }

    /// <summary>Calls a method whose effect the client wants even when the answer is lost: what is wanted is settled by an answer alone.</summary>
    async Task Settle(string method, Action settled, params object?[] arguments)
    {
        try
        {
            await link.Invoke(method, arguments);
        }
        catch (CallDisconnectedException)
        {
            throw;
        }
        catch (CallRefusedException)
        {
            // Asking again would be refused again.
            Settled();
            throw;
        }

        Settled();

        void Settled()
        {
            lock (gate)
            {
                settled();
            }
        }
    }

    void SetClock(long elapsedMs) =>
        clockOrigin = options.Time.GetTimestamp() - (elapsedMs * options.Time.TimestampFrequency / 1000);

    /// <summary>What the client asks by itself: a lost connection asks again by its own way, a refusal is told.</summary>
    void Forget(Task asked) => _ = Observe(asked);

    async Task Observe(Task asked)
    {
        try
        {
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
            await asked;
#pragma warning restore VSTHRD003
        }
        catch (CallDisconnectedException)
        {
            // Asked again once the connection is back.
        }
        catch (CallRefusedException error)
        {
            options.Trouble?.Invoke(error.Message);
        }
    }
}

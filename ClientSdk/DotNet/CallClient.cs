using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// One call, over as many connections as it takes. <see cref="ConnectAsync"/>, <see cref="Hear"/>, and read <see cref="Events"/> or
/// <see cref="View"/>. Safe to use from any thread.
/// </summary>
public sealed class CallClient : ICallLinkOwner, IAsyncDisposable
{
    readonly Lock gate = new();
    readonly CallClientOptions options;
    readonly CallLink link;
    readonly TranscriptSender sender;
    readonly FeedbackSender feedbacks;
    readonly AudioSender audio;
    readonly ProgressMeter progress;
    readonly EventFeed feed = new();
    readonly CancellationTokenSource stop = new();
    readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task running = Task.CompletedTask;
    CallView view;
    CallTicket? ticket;
    ConnectionPhase phase;
    CallBrief? brief;
    bool? pauseWanted;
    long lostAt;
    long clockOrigin;

    /// <summary>Creates a client that is not connected yet.</summary>
    /// <param name="options">How it reaches and starts its call.</param>
    public CallClient(CallClientOptions options)
    {
        this.options = options;
        (brief, ticket) = (options.Brief, options.Ticket);
        view = new CallView { Brief = brief ?? CallBrief.Empty };
        progress = new ProgressMeter(options.Time);
        link = new CallLink(options, this);
        sender = new TranscriptSender(link, options, gate, SegmentSent);
        feedbacks = new FeedbackSender(link, options, gate, stop.Token);
        audio = new AudioSender(link, options, gate, stop.Token);
    }

    /// <summary>What is known of the call.</summary>
    public CallView View => Locked(() => pauseWanted is { } paused ? view with { Status = view.Status with { Paused = paused } } : view);

    /// <summary>Where the client stands.</summary>
    public ConnectionState Connection => Locked(() => new ConnectionState(phase, phase is ConnectionPhase.Reconnecting ? options.Time.GetElapsedTime(lostAt).TotalSeconds : 0));

    /// <summary>The one line that is true now.</summary>
    public StatusLine StatusLine => StatusLine.Pick(View.Status, Connection);

    /// <summary>What takes the call up again; null before it has started.</summary>
    public CallTicket? Ticket => Locked(() => ticket);

    /// <summary>The call's clock; zero before it has started.</summary>
    public TimeSpan Elapsed => Locked(() => phase is ConnectionPhase.Idle or ConnectionPhase.Connecting ? TimeSpan.Zero : options.Time.GetElapsedTime(clockOrigin));

    /// <summary>Finals that the gateway has not acknowledged yet; they are sent again after a reconnect, and where it could not take them just then. At most 200 wait.</summary>
    public int Unacknowledged => Locked(() => sender.Waiting);

    /// <summary>Segments given up: interims while disconnected, everything while paused, finals beyond the 200 that wait.</summary>
    public long Dropped => Locked(() => sender.Dropped);

    /// <summary>Feedback that the gateway has not acknowledged yet. At most 50 wait.</summary>
    public int FeedbackWaiting => Locked(() => feedbacks.Waiting);

    /// <summary>Feedback given up beyond the 50 that wait.</summary>
    public long FeedbackDropped => Locked(() => feedbacks.Lost);

    /// <summary>Audio frames given up: beyond the 500 that wait, while paused, and before the call is open. What is lost with a connection is not known here.</summary>
    public long AudioDropped => Locked(() => audio.Dropped);

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

    /// <summary>
    /// A moment of a voice, as it is captured: give speech only, with a little of what came before it, and say where it ends. It becomes words where the gateway
    /// has a transcriber (<see cref="CallStatus.Transcription"/>). Never waits: at most 500 frames do, the oldest are given up and counted in
    /// <see cref="AudioDropped"/>. Nothing leaves the client while paused. A refusal is told through <see cref="CallClientOptions.Trouble"/>.
    /// </summary>
    /// <param name="speaker">Whose voice: the channel it came in by.</param>
    /// <param name="pcm">Mono, 16 kHz, 16 bits a sample, little-endian; 20 to 60 ms make one frame, more is cut. May be empty where speech ends.</param>
    /// <param name="endOfSpeech">The speech ends with it.</param>
    /// <param name="at">When it began, on the call's clock (<see cref="Elapsed"/>); where absent, it ends now. Within a stretch of speech its samples keep the time.</param>
    /// <exception cref="ArgumentException"><paramref name="pcm"/> has half a sample, or is empty although speech goes on.</exception>
    public void HearVoice(Speaker speaker, ReadOnlyMemory<byte> pcm, bool endOfSpeech = false, TimeSpan? at = null)
    {
        if (pcm.Length % 2 != 0 || (pcm.IsEmpty && !endOfSpeech))
        {
            throw new ArgumentException("Give 16-bit samples, two bytes each; none only at the end of speech.", nameof(pcm));
        }

        lock (gate)
        {
            var taken = phase is ConnectionPhase.Open or ConnectionPhase.Reconnecting && !(pauseWanted ?? view.Status.Paused);
            var start = at ?? Elapsed - TimeSpan.FromSeconds(pcm.Length / (2.0 * AudioFrame.SampleRate));
            audio.Hear(speaker, pcm, start.TotalMilliseconds, endOfSpeech, taken);
        }
    }

    /// <summary>A changed brief; it counts from the next suggestion.</summary>
    /// <param name="changed">All fields, not only the changed ones.</param>
    /// <returns>When stored.</returns>
    /// <exception cref="CallRefusedException">It is not valid.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public async Task UpdateBrief(CallBrief changed)
    {
        await link.Invoke(nameof(ICallHub.UpdateBrief), changed);
        lock (gate)
        {
            brief = changed;
            view = view with { Brief = changed };
        }
    }

    /// <summary>
    /// What the rep did with a suggestion. It counts in <see cref="View"/> at once and is kept until the gateway has stored it, over reconnects too; at
    /// most 50 wait. A refusal is told through <see cref="CallClientOptions.Trouble"/>.
    /// </summary>
    /// <param name="feedback">The suggestion and what was done.</param>
    public void SendFeedback(SuggestionFeedback feedback)
    {
        lock (gate)
        {
            view = view.With(feedback);
            feedbacks.Send(feedback);
        }
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
        audio.Dispose();
    }

    StartCallRequest ICallLinkOwner.Request()
    {
        lock (gate)
        {
            var resume = ticket is null ? null : new ResumeRequest(ticket.CallId, ticket.ResumeToken, view.Number, (long)options.Time.GetElapsedTime(clockOrigin).TotalMilliseconds);
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
                audio.Forget();
            }

            view = reply.Resumed
                ? view with { Number = reply.Number, Stale = false }
                : new CallView { Number = reply.Number, Brief = brief ?? CallBrief.Empty };
            ticket = new CallTicket(reply.CallId, reply.ResumeToken);
            SetClock(reply.ElapsedMs);
            phase = ConnectionPhase.Open;
            // What waits was said on the record: it goes before a pause, and after the end of one.
            if (pauseWanted is false)
            {
                Forget(Want(paused: false));
            }

            sender.Resend();
            feedbacks.Resend();
            audio.Resume();
            if (pauseWanted is true)
            {
                Forget(Want(paused: true));
            }
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

            if (callEvent is Restored restored)
            {
                brief = restored.Brief;
                SetClock(restored.ElapsedMs);
            }

            if (progress.Handle(callEvent) is { } due)
            {
                Forget(link.Invoke(nameof(ICallHub.Acknowledge), due));
            }

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
            audio.Hold();
        }
    }

    void SegmentSent(TranscriptSegment segment)
    {
        if (segment.Final)
        {
            progress.Sent(segment.SegmentId);
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

    /// <summary>What is wanted counts here at once, and is asked for again after a reconnect until the gateway answers.</summary>
    async Task Want(bool paused)
    {
        lock (gate)
        {
            pauseWanted = paused;
            if (paused)
            {
                sender.Forget();
                audio.Forget();
            }
        }

        await link.Invoke(paused ? nameof(ICallHub.Pause) : nameof(ICallHub.Resume));
        lock (gate)
        {
            if (pauseWanted == paused)
            {
                pauseWanted = null;
                view = view with { Status = view.Status with { Paused = paused } };
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

    T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}

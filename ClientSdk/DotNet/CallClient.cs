using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// One call, over as many connections as it takes. <see cref="ConnectAsync"/>, <see cref="Hear"/>, and read <see cref="Events"/> or
/// <see cref="View"/>. Safe to use from any thread.
/// </summary>
public sealed class CallClient : IAsyncDisposable
{
    readonly CallLifecycle call;

    public CallClient(CallClientOptions options) => call = new CallLifecycle(options);

    /// <summary>What is known of the call. A pause, its end and a changed brief count at once.</summary>
    public CallView View => Locked(() => call.Sender.View);

    /// <summary>Where the client stands.</summary>
    public ConnectionState Connection => Locked(() => call.State.Connection);

    /// <summary>The one line that is true now.</summary>
    public StatusLine StatusLine => StatusLine.Pick(View.Status, Connection);

    /// <summary>What takes the call up again; null before it has started.</summary>
    public CallTicket? Ticket => Locked(() => call.State.Ticket);

    /// <summary>The call's clock; zero before it has started.</summary>
    public TimeSpan Elapsed => Locked(() => call.State.Elapsed);

    /// <summary>Finals that the gateway has not acknowledged yet. They are sent again until it has; at most 200 wait.</summary>
    public int Unacknowledged => Locked(() => call.Sender.Transcript.Waiting);

    /// <summary>Segments given up: interims while disconnected, everything while paused, finals beyond the 200 that wait.</summary>
    public long Dropped => Locked(() => call.Sender.Transcript.Dropped);

    /// <summary>Feedback that the gateway has not acknowledged yet. At most 50 wait.</summary>
    public int FeedbackWaiting => Locked(() => call.Sender.Feedback.Waiting);

    /// <summary>Feedback given up beyond the 50 that wait.</summary>
    public long FeedbackDropped => Locked(() => call.Sender.Feedback.Lost);

    /// <summary>Audio frames given up: beyond the 500 that wait, while paused, and before the call is open.</summary>
    public long AudioDropped => Locked(() => call.Sender.Audio.Dropped);

    /// <summary>Events that readers of <see cref="Events"/> lost because they fell behind.</summary>
    public long EventsDropped => call.Feed.Dropped;

    /// <summary>Starts the call, or takes it up again, and keeps it connected until it ends or the client is disposed.</summary>
    /// <param name="cancellationToken">Gives up waiting, not trying.</param>
    /// <returns>When the call is open for the first time.</returns>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => call.Start(cancellationToken);

    /// <summary>
    /// Every event from now on, in order and after <see cref="View"/> took it in. Ends after <see cref="CallEnded"/>, or when the client is
    /// disposed. A reader more than 1,024 events behind loses the oldest, counted in <see cref="EventsDropped"/>; <see cref="View"/> is
    /// always whole.
    /// </summary>
    public IAsyncEnumerable<CallEvent> Events(CancellationToken cancellationToken = default) => call.Feed.Listen(cancellationToken);

    /// <summary>
    /// Words of either speaker. Level 1 decides whether they end the turn, where <see cref="TranscriptSegment.EndOfTurn"/> does not say.
    /// Nothing leaves the client while paused. A final is kept until the gateway has stored it.
    /// </summary>
    public void Hear(TranscriptSegment segment)
    {
        lock (call.Gate)
        {
            if (call.Sender.Paused || call.State.IsOver)
            {
                call.Sender.Transcript.Drop();
            }
            else
            {
                call.Sender.Transcript.Hear(segment);
            }
        }
    }

    /// <summary>
    /// A moment of a voice, as it is captured: give speech only, with a little of what came before it, and say where it ends. It becomes
    /// words where the gateway has a transcriber (<see cref="CallStatus.Transcription"/>). Never waits: at most 500 frames do, the oldest
    /// are given up and counted in <see cref="AudioDropped"/>. Nothing leaves the client while paused. A refusal is told through
    /// <see cref="CallClientOptions.Trouble"/>.
    /// </summary>
    /// <param name="speaker">Whose voice: the channel it came in by.</param>
    /// <param name="pcm">
    /// Mono, 16 kHz, 16 bits a sample, little-endian; 20 to 60 ms make one frame, more is cut. May be empty where speech ends.
    /// </param>
    /// <param name="endOfSpeech">The speech ends with it.</param>
    /// <param name="at">
    /// When it began, by <see cref="Elapsed"/>; where absent, it ends now. Within a stretch of speech its samples keep the time.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="pcm"/> has half a sample, or is empty although speech goes on.</exception>
    public void HearVoice(Speaker speaker, ReadOnlyMemory<byte> pcm, bool endOfSpeech = false, TimeSpan? at = null)
    {
        if (pcm.Length % 2 != 0 || (pcm.IsEmpty && !endOfSpeech))
        {
            throw new ArgumentException("Give 16-bit samples, two bytes each; none only at the end of speech.", nameof(pcm));
        }

        lock (call.Gate)
        {
            var taken = call.State.Phase is ConnectionPhase.Open or ConnectionPhase.Reconnecting && !call.Sender.Paused;
            var start = at ?? call.State.Elapsed - TimeSpan.FromSeconds(pcm.Length / (2.0 * AudioFrame.SampleRate));
            call.Sender.Audio.Hear(speaker, pcm, start.TotalMilliseconds, endOfSpeech, taken);
        }
    }

    /// <summary>
    /// Records that the people on the call agreed to it: where the gateway needs consent, it takes nothing said before. Later connections
    /// bring it along.
    /// </summary>
    /// <exception cref="CallRefusedException">It is not valid, or less than the gateway needs.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection now; the next one brings it.</exception>
    public Task RecordConsent(Consent consent) => Locked(() => call.Sender.RecordConsent(consent));

    /// <summary>
    /// Ends the call at once and has the gateway delete what it kept of it. Nothing said leaves the client from here on, and the gateway is
    /// asked until it has done so or the client is disposed.
    /// </summary>
    /// <returns>When deleted.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now; the gateway is asked as soon as there is.</exception>
    public Task RevokeConsent() => Locked(call.Sender.RevokeConsent);

    /// <summary>A changed brief; it counts from the next suggestion.</summary>
    /// <param name="changed">All fields, not only the changed ones.</param>
    /// <exception cref="CallRefusedException">It is not valid.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection now; the brief is sent as soon as there is.</exception>
    public Task UpdateBrief(CallBrief changed) => Locked(() => call.Sender.UpdateBrief(changed));

    /// <summary>
    /// What the rep did with a suggestion. It counts in <see cref="View"/> at once and is kept until the gateway has stored it, over
    /// reconnects too; at most 50 wait. A refusal is told through <see cref="CallClientOptions.Trouble"/>.
    /// </summary>
    public void SendFeedback(SuggestionFeedback feedback)
    {
        lock (call.Gate)
        {
            call.State.Apply(feedback);
            call.Sender.Feedback.Send(feedback);
        }
    }

    /// <summary>Asks for a suggestion although nobody put a question.</summary>
    /// <exception cref="CallDisconnectedException">There is no connection now. The wish is not repeated.</exception>
    public Task SuggestNow() => call.Link.Invoke(nameof(ICallHub.SuggestNow));

    /// <summary>
    /// Tells how far a buyer's voice was played: twice a second while it is, once more when it ends, and at once where the rep talks over
    /// it and it is stopped. After two seconds without a word the gateway breaks the turn off.
    /// </summary>
    /// <exception cref="CallDisconnectedException">There is no connection now. The report is not repeated.</exception>
    public Task ReportSpeech(SpeechReport report) => call.Link.Invoke(nameof(ICallHub.ReportSpeech), report);

    /// <summary>Off the record, at once: what was begun is forgotten here, and the gateway is told now or as soon as it is back.</summary>
    /// <returns>When in force at the gateway.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now; the pause holds here nevertheless.</exception>
    public Task Pause() => Locked(call.Sender.Pause);

    /// <summary>On the record again.</summary>
    /// <returns>When in force at the gateway.</returns>
    /// <exception cref="CallDisconnectedException">There is no connection now; the gateway is told as soon as it is back.</exception>
    public Task Resume() => Locked(call.Sender.Resume);

    /// <summary>The channels are reversed, before and from now on.</summary>
    /// <exception cref="CallDisconnectedException">There is no connection now. It is not asked again: twice would undo it.</exception>
    public Task SwapSpeakers() => call.Link.Invoke(nameof(ICallHub.SwapSpeakers));

    /// <summary>Asks for a snapshot. The client does so by itself after a gap.</summary>
    /// <exception cref="CallDisconnectedException">There is no connection now.</exception>
    public Task Resync() => call.Link.Invoke(nameof(ICallHub.Resync));

    /// <summary>
    /// Ends open turns and the call; <see cref="CallEnded"/> comes last. Without a connection the call ends here at once, and at the
    /// gateway two minutes later.
    /// </summary>
    public async Task EndCall()
    {
        try
        {
            await Locked(call.Sender.End);
        }
        catch (CallDisconnectedException)
        {
            call.Finish(ConnectionPhase.Ended);
        }
    }

    /// <summary>Lets go of the call without ending it: whoever holds the ticket can take it up again.</summary>
    /// <returns>When the connection is closed.</returns>
    public ValueTask DisposeAsync() => call.DisposeAsync();

    T Locked<T>(Func<T> read)
    {
        lock (call.Gate)
        {
            return read();
        }
    }
}

namespace Teleprompter.Contracts;

/// <summary>
/// What a client may ask of its call, at <c>/hubs/call</c>. A bad message gets an error that says what is wrong, costs that message only,
/// and changes nothing.
/// </summary>
public interface ICallHub
{
    /// <summary>Starts a call, or takes one up again. One call a connection; the newest connection of a call wins.</summary>
    /// <param name="request">The brief, or the call to resume.</param>
    /// <returns>The call's id, its secret and its clock.</returns>
    Task<StartCallReply> StartCall(StartCallRequest request);

    /// <summary>Records that the people on the call agreed to it; where consent is needed, nothing said is taken before.</summary>
    /// <param name="consent">How they agreed, and to what.</param>
    /// <returns>When stored.</returns>
    Task RecordConsent(Consent consent);

    /// <summary>Ends the call at once and deletes what was kept of it.</summary>
    /// <returns>When deleted.</returns>
    Task RevokeConsent();

    /// <summary>
    /// Words of either speaker. Returns once a final is stored (an interim: once passed on); an unacknowledged final is sent again after a
    /// reconnect.
    /// </summary>
    /// <param name="segment">The words.</param>
    /// <returns>When stored.</returns>
    Task SendTranscript(TranscriptSegment segment);

    /// <summary>
    /// The voices of both speakers, or of one, as long as they are streamed. Words come back as <see cref="TranscriptUpdated"/>.
    /// </summary>
    /// <param name="frames">A stream of frames; speech only. A frame that is not valid ends the stream with an error.</param>
    /// <returns>When the stream has ended.</returns>
    Task SendAudio(IAsyncEnumerable<AudioFrame> frames);

    /// <summary>A changed brief; it counts from the next suggestion, shown text is never edited.</summary>
    /// <param name="brief">All fields, not only the changed ones.</param>
    /// <returns>When stored.</returns>
    Task UpdateBrief(CallBrief brief);

    /// <summary>What the rep did with a suggestion.</summary>
    /// <param name="feedback">The suggestion and what was done.</param>
    /// <returns>When stored.</returns>
    Task SendFeedback(SuggestionFeedback feedback);

    /// <summary>How far the client has come.</summary>
    /// <param name="progress">The last number handled, and what the client measured.</param>
    /// <returns>At once.</returns>
    Task Acknowledge(Progress progress);

    /// <summary>
    /// How far the buyer's voice was played: twice a second while it is, once more when it ends, and at once where the rep talks over it.
    /// Without a word for two seconds nobody listens, and the turn is broken off.
    /// </summary>
    /// <returns>When passed on.</returns>
    Task ReportSpeech(SpeechReport report);

    /// <summary>The rep wants a suggestion although nobody asked for one. Settles as a turn whose id starts with <c>now-</c>.</summary>
    /// <returns>When passed on.</returns>
    Task SuggestNow();

    /// <summary>Off the record: from here on nothing is transcribed, stored or answered.</summary>
    /// <returns>When in force.</returns>
    Task Pause();

    /// <summary>On the record again.</summary>
    /// <returns>When in force.</returns>
    Task Resume();

    /// <summary>The channels are reversed: what was the rep is the customer, before and from now on.</summary>
    /// <returns>When stored.</returns>
    Task SwapSpeakers();

    /// <summary>Asks for a <see cref="Restored"/>, after a gap in the numbers.</summary>
    /// <returns>When passed on.</returns>
    Task Resync();

    /// <summary>Ends the call: what is open is withdrawn, then <see cref="CallEnded"/> comes, last.</summary>
    /// <returns>When passed on.</returns>
    Task EndCall();

    /// <summary>Lets the connection live as long as the sign-in behind a new ticket.</summary>
    /// <param name="ticket">Of the same person as the connection's own.</param>
    /// <returns>When in force.</returns>
    Task RenewSignIn(string ticket);
}

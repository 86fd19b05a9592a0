using System.Diagnostics;
using System.Text.Json.Serialization;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus;

/// <summary>
/// Everything that can happen to a call. The same records travel to the worker live and are kept in the store, so that rebuilding a call
/// is hearing it again.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SegmentHeard), "segmentHeard")]
[JsonDerivedType(typeof(SegmentRemoved), "segmentRemoved")]
[JsonDerivedType(typeof(AudioHeard), "audioHeard")]
[JsonDerivedType(typeof(BriefChanged), "briefChanged")]
[JsonDerivedType(typeof(FeedbackGiven), "feedbackGiven")]
[JsonDerivedType(typeof(PauseSet), "pauseSet")]
[JsonDerivedType(typeof(SpeakersSwapped), "speakersSwapped")]
[JsonDerivedType(typeof(ConsentGiven), "consentGiven")]
[JsonDerivedType(typeof(CallClosed), "callClosed")]
[JsonDerivedType(typeof(CallErased), "callErased")]
[JsonDerivedType(typeof(SuggestionFinished), "suggestionFinished")]
[JsonDerivedType(typeof(CardCameUp), "cardCameUp")]
[JsonDerivedType(typeof(SayingHeard), "sayingHeard")]
[JsonDerivedType(typeof(SummaryMade), "summaryMade")]
[JsonDerivedType(typeof(CallSummed), "callSummed")]
[JsonDerivedType(typeof(RehearsalBegan), "rehearsalBegan")]
[JsonDerivedType(typeof(BuyerCutIn), "buyerCutIn")]
[JsonDerivedType(typeof(SpeechPlayed), "speechPlayed")]
[JsonDerivedType(typeof(StorageChanged), "storageChanged")]
[JsonDerivedType(typeof(ClientAttached), "clientAttached")]
[JsonDerivedType(typeof(ClientDetached), "clientDetached")]
[JsonDerivedType(typeof(CallMoved), "callMoved")]
[JsonDerivedType(typeof(StoreLost), "storeLost")]
[JsonDerivedType(typeof(KeepLater), "keepLater")]
[JsonDerivedType(typeof(SnapshotAsked), "snapshotAsked")]
[JsonDerivedType(typeof(SuggestNowAsked), "suggestNowAsked")]
[JsonDerivedType(typeof(LineSent), "lineSent")]
[JsonDerivedType(typeof(AnswerSeen), "answerSeen")]
[JsonDerivedType(typeof(WatchAsked), "watchAsked")]
public abstract record CallInput
{
    /// <summary>Where it belongs in a trace; nothing for none. Travels in the envelope, and is never kept.</summary>
    [JsonIgnore]
    public ActivityContext Trace { get; init; }
}

/// <summary>Words of either speaker. Kept when final.</summary>
/// <param name="Segment">
/// The words as they are kept and asked of a model, with plausible times; the speaker is the channel they came in by, before any swap.
/// </param>
public sealed record SegmentHeard(TranscriptSegment Segment) : CallInput
{
    /// <summary>The words as they were said, for the rep's screen; null where nothing was removed. Never kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Said { get; init; }

    /// <summary>The same without what must not be kept.</summary>
    public SegmentHeard Kept() => Said is null ? this : this with { Said = null };
}

/// <summary>A segment was a copy of the other speaker's words and is no part of the transcript. Kept.</summary>
/// <param name="Channel">The channel it came in by, before any swap.</param>
public sealed record SegmentRemoved(Speaker Channel, string SegmentId) : CallInput;

/// <summary>A moment of a voice. Never kept: the words it becomes are, by the owner.</summary>
/// <param name="Frame">It; the speaker is the channel it came in by, before any swap.</param>
/// <param name="ToldAgain">An owner before this one was told it: what the store has of its words already is not to be heard twice.</param>
public sealed record AudioHeard(AudioFrame Frame, bool ToldAgain = false) : CallInput;

/// <summary>The brief changed. Kept.</summary>
public sealed record BriefChanged(CallBrief Brief) : CallInput;

/// <summary>The rep did something with a suggestion. Kept.</summary>
public sealed record FeedbackGiven(SuggestionFeedback Feedback) : CallInput;

/// <summary>Off or on the record. Kept. The latest counts, in whatever order they come.</summary>
/// <param name="AtMs">When the client set it, on the call's clock, in milliseconds.</param>
public sealed record PauseSet(bool Paused, long AtMs = 0) : CallInput;

/// <summary>
/// Whether the channels are reversed, for what was said before and from now on. Kept. The latest counts, in whatever order they come.
/// </summary>
/// <param name="AtMs">When the client set it, on the call's clock, in milliseconds.</param>
public sealed record SpeakersSwapped(bool Swapped, long AtMs = 0) : CallInput;

/// <summary>Consent was recorded while the call lasted. Kept; the latest counts.</summary>
public sealed record ConsentGiven(RecordedConsent Consent) : CallInput;

/// <summary>The call is deleted: it ends at once, and nothing of it is kept.</summary>
/// <param name="Reason">What its client is told.</param>
public sealed record CallErased(EndReason Reason) : CallInput;

/// <summary>The client ended the call. Kept; a closed call cannot be resumed.</summary>
public sealed record CallClosed : CallInput;

/// <summary>A suggestion was completed. Kept.</summary>
/// <param name="TurnIds">The customer turns it answered.</param>
/// <param name="Tokens">What the call has asked of models until then; null where that was not counted.</param>
/// <param name="AtMs">When its first words were shown, on the call's clock, in milliseconds.</param>
public sealed record SuggestionFinished(
    FinishedSuggestionView Suggestion, IReadOnlyList<string> TurnIds, TokenUse? Tokens = null, long AtMs = 0) : CallInput;

/// <summary>A card came up for the first time in the call. Kept.</summary>
/// <param name="Card">It, as the rep saw it.</param>
/// <param name="AtMs">When, on the call's clock, in milliseconds.</param>
public sealed record CardCameUp(CardView Card, long AtMs) : CallInput;

/// <summary>The rep said what a suggestion proposed. Kept.</summary>
/// <param name="AtMs">When, on the call's clock, in milliseconds.</param>
public sealed record SayingHeard(string SuggestionId, long AtMs) : CallInput;

/// <summary>The older part of the call was summed up. Kept.</summary>
/// <param name="UntilMs">The last line it covers, on the call's clock, in milliseconds.</param>
public sealed record SummaryMade(string Text, long UntilMs) : CallInput;

/// <summary>The call was summed up after its end. Kept; the latest counts.</summary>
/// <param name="Pending">A model is writing a better one.</param>
public sealed record CallSummed(CallSummary Summary, bool Pending) : CallInput;

/// <summary>A rehearsal began with this buyer, and goes on with it whatever becomes of its file. Kept.</summary>
/// <param name="Text">The persona's file.</param>
public sealed record RehearsalBegan(string PersonaId, string Text) : CallInput;

/// <summary>The buyer of a rehearsal cut the rep off. Kept.</summary>
public sealed record BuyerCutIn(CutOff CutOff) : CallInput;

/// <summary>How far a rehearsal's buyer was heard, and whether the rep talks over it. Never kept.</summary>
public sealed record SpeechPlayed(SpeechReport Report) : CallInput;

/// <summary>Whether what is said is being kept changed.</summary>
public sealed record StorageChanged(StorageState State) : CallInput;

/// <summary>A connection took the call; it gets a <see cref="Restored"/>, any older connection loses the call.</summary>
/// <param name="Since">
/// When the client attempted it, on the call's clock, in milliseconds: an older connection never takes a call from a newer one.
/// </param>
/// <param name="Finals">How many final segments the store had then: an owner that knows fewer has missed some.</param>
/// <param name="Settled">
/// The last turns whose outcome it was shown: an owner that died, or was replaced, in that moment may not have kept it.
/// </param>
public sealed record ClientAttached(string ConnectionId, long Since = 0, int Finals = 0, IReadOnlyList<string>? Settled = null) : CallInput;

/// <summary>A connection went away, or stopped reading.</summary>
/// <param name="ConnectionId">The connection; ignored when it is no longer the call's.</param>
/// <param name="AwayForMs">How long nobody has been reading already, in milliseconds.</param>
public sealed record ClientDetached(string ConnectionId, long AwayForMs = 0) : CallInput;

/// <summary>Another worker owns the call now.</summary>
public sealed record CallMoved : CallInput;

/// <summary>An entry is in force, but the store was not there to take it: the owner keeps it when it is.</summary>
public sealed record KeepLater(CallInput Entry) : CallInput;

/// <summary>The store does not know the call any more.</summary>
public sealed record StoreLost : CallInput;

/// <summary>A connection lost track and needs a <see cref="Restored"/>.</summary>
/// <param name="ConnectionId">The connection; ignored when it is no longer the call's.</param>
public sealed record SnapshotAsked(string ConnectionId) : CallInput;

/// <summary>The rep wants a suggestion although nobody asked for one.</summary>
public sealed record SuggestNowAsked : CallInput;

/// <summary>A team lead sends the rep a line.</summary>
public sealed record LineSent(string NudgeId, string From, string Text) : CallInput;

/// <summary>What the gateway and the client measured of a suggestion: their part of its latency.</summary>
/// <param name="BusMs">Between gateway and worker; null where the gateway has not measured it.</param>
/// <param name="NetworkMs">Between client and gateway; null where not measured yet.</param>
/// <param name="RenderMs">First words received to painted; null where not measured yet.</param>
public sealed record AnswerSeen(string SuggestionId, double? BusMs, double? NetworkMs, double? RenderMs) : CallInput;

/// <summary>Somebody watches the call; said again every second for as long as that is so.</summary>
/// <param name="Snapshot">Tell the state as it is, too.</param>
/// <param name="Records">The watcher has all records until this revision of them.</param>
public sealed record WatchAsked(string WatchId, bool Snapshot, long Records = 0) : CallInput;

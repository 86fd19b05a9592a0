using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Everything a client hears of its call: a closed family, told apart by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(TranscriptUpdated), "transcriptUpdated")]
[JsonDerivedType(typeof(CardShown), "cardShown")]
[JsonDerivedType(typeof(SuggestionStarted), "suggestionStarted")]
[JsonDerivedType(typeof(SuggestionConfirmed), "suggestionConfirmed")]
[JsonDerivedType(typeof(SuggestionDelta), "suggestionDelta")]
[JsonDerivedType(typeof(SuggestionCompleted), "suggestionCompleted")]
[JsonDerivedType(typeof(SuggestionWithdrawn), "suggestionWithdrawn")]
[JsonDerivedType(typeof(SuggestionSaid), "suggestionSaid")]
[JsonDerivedType(typeof(StatusChanged), "statusChanged")]
[JsonDerivedType(typeof(TurnSettled), "turnSettled")]
[JsonDerivedType(typeof(Nudged), "nudged")]
[JsonDerivedType(typeof(RepCutOff), "repCutOff")]
[JsonDerivedType(typeof(CallEnded), "callEnded")]
[JsonDerivedType(typeof(Restored), "restored")]
public abstract record CallEvent
{
    /// <summary>
    /// Contiguous within a connection, going on from <see cref="ResumeRequest.LastNumber"/>; 0 until the gateway numbers it.
    /// </summary>
    [JsonPropertyOrder(-1)]
    public long Number { get; init; }
}

/// <summary>Words of either speaker, new or changed.</summary>
/// <param name="SegmentId">The segment.</param>
/// <param name="Speaker">Who spoke, after any swap.</param>
/// <param name="Text">All words of the segment so far.</param>
/// <param name="Final">The text will not change.</param>
/// <param name="EndOfTurn">The thought is complete.</param>
/// <param name="StartMs">Start on the call's clock, in milliseconds.</param>
/// <param name="EndMs">End on the call's clock, in milliseconds.</param>
/// <param name="FirmChars">How many characters of an interim, from the beginning, will hardly change; 0 where nobody judged.</param>
public sealed record TranscriptUpdated(
    string SegmentId,
    Speaker Speaker,
    string Text,
    bool Final,
    bool EndOfTurn,
    long StartMs,
    long EndMs,
    int FirmChars = 0) : CallEvent;

/// <summary>The playbook's instant answer to a turn.</summary>
/// <param name="CardId">The card's id in the playbook.</param>
/// <param name="TurnId">The customer turn it answers.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">What to say, filled with the brief.</param>
/// <param name="Fact">One fact that supports it; null when the card has none.</param>
/// <param name="Source">Where the fact comes from; null when the card names none.</param>
/// <param name="PlaybookVersion">Content hash of the playbook it was taken from.</param>
public sealed record CardShown(
    string CardId,
    string TurnId,
    string Title,
    string Text,
    string? Fact,
    string? Source,
    string PlaybookVersion) : CallEvent;

/// <summary>A suggestion begins; exactly one completed or withdrawn follows.</summary>
/// <param name="SuggestionId">Its id.</param>
/// <param name="TurnIds">The customer turns it answers, oldest first.</param>
/// <param name="Source">Who writes it.</param>
/// <param name="CardId">The card it stands on; null when it stands on none.</param>
/// <param name="Tentative">
/// The turn has probably ended, and is not confirmed: show the words apart from firm ones, and move nothing for them. A <see
/// cref="SuggestionConfirmed"/> or a <see cref="SuggestionWithdrawn"/> follows.
/// </param>
public sealed record SuggestionStarted(
    string SuggestionId,
    IReadOnlyList<string> TurnIds,
    SuggestionSource Source,
    string? CardId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Tentative = false) : CallEvent
{
    /// <summary>The team's notes that the model was given for it, by page and heading; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <summary>The turn of a tentative suggestion is confirmed: its words are firm from now on.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="TurnIds">The customer turns it answers, oldest first.</param>
public sealed record SuggestionConfirmed(string SuggestionId, IReadOnlyList<string> TurnIds) : CallEvent;

/// <summary>More words of the open suggestion.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="Index">0 for the first delta, then contiguous.</param>
/// <param name="Text">The words to append.</param>
public sealed record SuggestionDelta(string SuggestionId, int Index, string Text) : CallEvent
{
    /// <summary>
    /// Figures, dates and promises of the text so far, this delta included, that neither card, brief nor call support, as they are
    /// written; empty where there are none any more; absent where they did not change.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }
}

/// <summary>The suggestion is whole.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="Text">All of it: its deltas put together, without a last sentence that was cut.</param>
/// <param name="Source">Who wrote it.</param>
/// <param name="CardId">The card it stands on; null when it stands on none.</param>
/// <param name="PlaybookVersion">Content hash of the playbook that grounded it.</param>
/// <param name="Latency">Where the time went.</param>
public sealed record SuggestionCompleted(
    string SuggestionId,
    string Text,
    SuggestionSource Source,
    string? CardId,
    string? PlaybookVersion,
    SuggestionLatency Latency) : CallEvent
{
    /// <summary>The model that wrote it, by the name it is asked by; absent for the playbook.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>
    /// Figures, dates and promises of the text that neither card, brief nor call support, as they are written; absent where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }

    /// <summary>The team's notes that the model was given for it, by page and heading; absent where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sources { get; init; }
}

/// <summary>The suggestion is taken back and must leave the screen.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="Reason">Why.</param>
public sealed record SuggestionWithdrawn(string SuggestionId, WithdrawReason Reason) : CallEvent;

/// <summary>The rep said what a finished suggestion proposed. Comes once for each at most.</summary>
/// <param name="SuggestionId">The suggestion.</param>
public sealed record SuggestionSaid(string SuggestionId) : CallEvent;

/// <summary>The facts changed.</summary>
/// <param name="Status">All facts, not only the changed ones.</param>
public sealed record StatusChanged(CallStatus Status) : CallEvent;

/// <summary>What became of a customer turn, or of a "suggest now" (whose turn id starts with <c>now-</c>).</summary>
/// <param name="TurnId">The turn: the id of the segment that ended it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why.</param>
/// <param name="SuggestionId">The suggestion that answered it; null when none did.</param>
public sealed record TurnSettled(string TurnId, TurnOutcome Outcome, SettleReason Reason, string? SuggestionId) : CallEvent;

/// <summary>A line from the team lead.</summary>
/// <param name="NudgeId">Its id.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Text">The line.</param>
public sealed record Nudged(string NudgeId, string From, string Text) : CallEvent;

/// <summary>In a rehearsal: the buyer cut the rep off. Its words follow.</summary>
public sealed record RepCutOff(CutOff CutOff) : CallEvent;

/// <summary>The last event of this connection.</summary>
/// <param name="Reason">Why.</param>
public sealed record CallEnded(EndReason Reason) : CallEvent;

/// <summary>
/// The state of the call, which replaces all that the client had. An open suggestion of the client that is absent here is over.
/// </summary>
/// <param name="Segments">The last segments, oldest first, at most 200.</param>
/// <param name="Suggestion">The open suggestion; null when none is open.</param>
/// <param name="Recent">The last finished suggestions, oldest first, at most 5.</param>
/// <param name="Card">The card on the screen; null when none is.</param>
/// <param name="Brief">The brief that counts now.</param>
/// <param name="Status">The facts.</param>
/// <param name="ElapsedMs">The call's clock, in milliseconds.</param>
public sealed record Restored(
    IReadOnlyList<SegmentView> Segments,
    OpenSuggestionView? Suggestion,
    IReadOnlyList<FinishedSuggestionView> Recent,
    CardView? Card,
    CallBrief Brief,
    CallStatus Status,
    long ElapsedMs) : CallEvent
{
    /// <summary>The rehearsal that this call is; absent for a call with a customer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RehearsalView? Rehearsal { get; init; }
}

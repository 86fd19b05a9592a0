using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Something a client saw. Times are milliseconds on the scripted model's clock.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Connection">The client's connection, counted from 1.</param>
abstract record Sighting(double AtMs, int Connection)
{
    /// <summary>What it comes to, in a few words.</summary>
    public string Brief => this switch
    {
        Opened opened => $"#{opened.Connection} opened at {opened.Reply.Number}{(opened.Reply.Resumed ? " (resumed)" : "")}",
        Closed closed => $"#{closed.Connection} closed",
        Saw { Event: Restored restored } saw =>
            $"#{saw.Connection} {restored.Number} restored {restored.Segments.Count} segments, open "
            + $"{restored.Suggestion?.SuggestionId ?? "none"}/{restored.Suggestion?.NextIndex}",
        Saw { Event: SuggestionDelta delta } saw => $"#{saw.Connection} {delta.Number} delta {delta.SuggestionId}/{delta.Index}",
        Saw { Event: SuggestionStarted started } saw =>
            $"#{saw.Connection} {started.Number} started {started.SuggestionId} for {string.Join('+', started.TurnIds)}",
        Saw { Event: SuggestionCompleted done } saw => $"#{saw.Connection} {done.Number} completed {done.SuggestionId}",
        Saw { Event: SuggestionWithdrawn withdrawn } saw =>
            $"#{saw.Connection} {withdrawn.Number} withdrew {withdrawn.SuggestionId} ({withdrawn.Reason})",
        Saw { Event: TurnSettled settled } saw =>
            $"#{saw.Connection} {settled.Number} settled {settled.TurnId} {settled.Outcome}/{settled.Reason}",
        Saw { Event: CallEnded ended } saw => $"#{saw.Connection} {ended.Number} call ended ({ended.Reason})",
        Saw saw => $"#{saw.Connection} {saw.Event.Number} {saw.Event.GetType().Name}",
        ReceivedSpeech { Frame: var frame } speech => $"#{speech.Connection} sound {frame.SegmentId}/{frame.Number} {frame.End}",
        _ => "?",
    };
}

/// <summary>The gateway let the client into its call.</summary>
sealed record Opened(double AtMs, int Connection, StartCallReply Reply, bool AskedToResume) : Sighting(AtMs, Connection);

/// <summary>An event came.</summary>
sealed record Saw(double AtMs, int Connection, CallEvent Event) : Sighting(AtMs, Connection);

/// <summary>The connection ended.</summary>
sealed record Closed(double AtMs, int Connection) : Sighting(AtMs, Connection);

using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Judges what one client saw: numbers contiguous per connection, shown text a prefix of one suggestion or its snapshot, one end per
/// suggestion, and nothing of another's call. A pure function of the sightings.
/// </summary>
sealed class Checker
{
    readonly string name;
    readonly List<string> violations = [];
    readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    readonly HashSet<string> ended = new(StringComparer.Ordinal);
    readonly Dictionary<string, TurnSettled> settled = new(StringComparer.Ordinal);
    string? callId;
    string? open;
    int nextIndex;
    long number;
    bool begun;
    bool rehearses;

    Checker(string name) => this.name = name;

    /// <summary>Judges.</summary>
    /// <param name="name">The client's name: its segments are called after it.</param>
    /// <param name="sightings">What it saw, in order.</param>
    /// <param name="lostCallsAllowed">The call may be unknown after a fault that took the store and the owner together.</param>
    /// <returns>What broke a promise; empty when nothing did.</returns>
    public static IReadOnlyList<string> Violations(string name, IReadOnlyList<Sighting> sightings, bool lostCallsAllowed = false)
    {
        var checker = new Checker(name);
        foreach (var connection in sightings.GroupBy(sighting => sighting.Connection).OrderBy(group => group.Key))
        {
            if (connection.OfType<Opened>().SingleOrDefault() is { } opened)
            {
                checker.Begin(opened, lostCallsAllowed);
                foreach (var saw in connection.OfType<Saw>())
                {
                    checker.See(saw);
                }
            }
        }

        return checker.violations;
    }

    void Begin(Opened opened, bool lostCallsAllowed)
    {
        var reply = opened.Reply;
        if (opened.AskedToResume && !reply.Resumed && !lostCallsAllowed)
        {
            Violate(opened, "its call was not found again");
        }

        if (reply.Resumed && callId is not null && reply.CallId != callId)
        {
            Violate(opened, "it was given another call");
        }

        (callId, number, begun) = (reply.CallId, reply.Number, false);
    }

    void See(Saw saw)
    {
        var callEvent = saw.Event;
        if (callEvent.Number != number + 1)
        {
            Violate(saw, $"number {callEvent.Number} follows {number}");
        }

        number = callEvent.Number;
        if (!begun && callEvent is not (Restored or CallEnded))
        {
            Violate(saw, "a connection begins without a snapshot");
        }

        begun = true;
        switch (callEvent)
        {
            case Restored restored: Restore(saw, restored); break;
            case TranscriptUpdated heard: Own(saw, heard.SegmentId); break;
            case CardShown card: Own(saw, card.TurnId); break;
            case SuggestionStarted started: Start(saw, started); break;
            case SuggestionDelta delta: Grow(saw, delta); break;
            case SuggestionCompleted done: Complete(saw, done); break;
            case SuggestionWithdrawn withdrawn: End(saw, withdrawn.SuggestionId); break;
            case TurnSettled turn: Settle(saw, turn); break;
        }
    }

    void Restore(Saw saw, Restored restored)
    {
        rehearses |= restored.Rehearsal is not null;
        foreach (
            var doubled in restored.Segments.GroupBy(segment => (segment.Speaker, segment.SegmentId)).Where(group => group.Count() > 1))
        {
            Violate(saw, $"segment {doubled.Key.SegmentId} is {doubled.Count()} times in the snapshot");
        }

        restored.Segments.ToList().ForEach(segment => Own(saw, segment.SegmentId));
        if (restored.Suggestion is not { } suggestion)
        {
            if (open is not null)
            {
                // Absent from the snapshot: over. Finished meanwhile, it may be among the recent ones.
                ended.Add(open);
            }

            open = null;
            return;
        }

        suggestion.TurnIds.ToList().ForEach(turn => Own(saw, turn));
        if (ended.Contains(suggestion.SuggestionId))
        {
            Violate(saw, $"{suggestion.SuggestionId} is open again after its end");
        }

        if (open is not null && open != suggestion.SuggestionId)
        {
            ended.Add(open);
        }

        if (shown.TryGetValue(suggestion.SuggestionId, out var before) && !suggestion.Text.StartsWith(before, StringComparison.Ordinal))
        {
            Violate(saw, $"the snapshot of {suggestion.SuggestionId} does not begin with what was shown of it");
        }

        (open, nextIndex) = (suggestion.SuggestionId, suggestion.NextIndex);
        shown[suggestion.SuggestionId] = suggestion.Text;
    }

    void Start(Saw saw, SuggestionStarted started)
    {
        started.TurnIds.ToList().ForEach(turn => Own(saw, turn));
        if (open is not null)
        {
            Violate(saw, $"{started.SuggestionId} starts while {open} is open");
        }

        if (!shown.TryAdd(started.SuggestionId, ""))
        {
            Violate(saw, $"{started.SuggestionId} starts twice");
        }

        (open, nextIndex) = (started.SuggestionId, 0);
    }

    void Grow(Saw saw, SuggestionDelta delta)
    {
        if (delta.SuggestionId != open || delta.Index != nextIndex)
        {
            Violate(saw, $"delta {delta.SuggestionId}/{delta.Index} comes while {open ?? "nothing"}/{nextIndex} is next");
            return;
        }

        nextIndex++;
        shown[delta.SuggestionId] += delta.Text;
    }

    void Complete(Saw saw, SuggestionCompleted done)
    {
        if (done.SuggestionId == open && shown[done.SuggestionId] != done.Text)
        {
            Violate(saw, $"the text of {done.SuggestionId} is not its deltas put together");
        }

        End(saw, done.SuggestionId);
    }

    void End(Saw saw, string suggestionId)
    {
        if (!ended.Add(suggestionId))
        {
            Violate(saw, $"{suggestionId} ends twice");
        }
        else if (suggestionId != open)
        {
            Violate(saw, $"{suggestionId} ends while {open ?? "nothing"} is open");
        }

        open = null;
    }

    void Settle(Saw saw, TurnSettled turn)
    {
        Own(saw, turn.TurnId);
        if (!settled.TryAdd(turn.TurnId, turn)
            && settled[turn.TurnId].Outcome == TurnOutcome.Suggested && turn.Outcome == TurnOutcome.Suggested)
        {
            Violate(saw, $"turn {turn.TurnId} is answered twice");
        }
    }

    void Own(Saw saw, string id)
    {
        if (!id.StartsWith($"{name}-", StringComparison.Ordinal) && !id.StartsWith("now-", StringComparison.Ordinal)
            && !(rehearses && id.StartsWith("buyer-", StringComparison.Ordinal)))
        {
            Violate(saw, $"{id} belongs to another call");
        }
    }

    void Violate(Sighting sighting, string what) =>
        violations.Add(FormattableString.Invariant($"{name} at {sighting.AtMs:0}: {what} [{sighting.Brief}]"));
}

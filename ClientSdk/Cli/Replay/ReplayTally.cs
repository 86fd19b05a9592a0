using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>Counts what became of a call's turns. Needs every event, in order.</summary>
sealed class ReplayTally
{
    /// <summary>In milliseconds; less is what it takes to get a free stream.</summary>
    const double HeldFrom = 1;

    readonly Dictionary<string, TurnSettled> settled = new(StringComparer.Ordinal);
    readonly HashSet<string> asked = new(StringComparer.Ordinal);
    readonly List<SuggestionCompleted> completed = [];
    readonly List<WithdrawReason> withdrawn = [];
    int cards;

    /// <summary>Whether every customer turn so far has its outcome.</summary>
    public bool IsSettled => asked.All(settled.ContainsKey);

    /// <summary>Whether a segment has ended a customer's turn.</summary>
    public bool Ended(string segmentId) => asked.Contains(segmentId);

    public void Add(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case TranscriptUpdated { Speaker: Speaker.Customer, Final: true, EndOfTurn: true } heard:
                asked.Add(heard.SegmentId);
                break;
            case CardShown:
                cards++;
                break;
            case SuggestionCompleted suggestion:
                completed.Add(suggestion);
                break;
            case SuggestionWithdrawn suggestion:
                withdrawn.Add(suggestion.Reason);
                break;
            case TurnSettled turn:
                settled[turn.TurnId] = turn;
                break;
        }
    }

    public ReplayReport Report() => new(
        Turns: asked.Count,
        Unanswered: asked.Count(turn =>
            !settled.TryGetValue(turn, out var outcome) || outcome.Outcome is TurnOutcome.Failed or TurnOutcome.Expired),
        Cards: cards,
        Suggestions: completed.Count,
        Coalesced: settled.Values.Count(turn => turn.Outcome is TurnOutcome.Merged),
        Held: completed.Count(suggestion => suggestion.Latency.HeldMs >= HeldFrom)
            + settled.Values.Count(turn => turn.Reason is SettleReason.Held),
        Withdrawn: withdrawn.Count,
        Outcomes: [.. settled.Values.GroupBy(turn => (turn.Outcome, turn.Reason)).OrderByDescending(group => group.Count())
            .Select(group => new OutcomeCount(group.Key.Outcome, group.Key.Reason, group.Count()))],
        WithdrawnBy: [.. withdrawn.CountBy(reason => reason).OrderByDescending(reason => reason.Value)
            .Select(reason => new WithdrawnCount(reason.Key, reason.Value))],
        Latency: Stages([.. completed.Select(suggestion => suggestion.Latency)]));

    static StageLatency[] Stages(IReadOnlyList<SuggestionLatency> latencies) =>
    [
        Stage("turn", latencies, latency => latency.TurnMs),
        Stage("bus", latencies, latency => latency.BusMs),
        Stage("coalesce", latencies, latency => latency.CoalesceMs),
        Stage("held", latencies, latency => latency.HeldMs),
        Stage("context", latencies, latency => latency.ContextMs),
        Stage("first token", latencies, latency => latency.FirstTokenMs),
        Stage("server, all of it", latencies, latency => latency.ServerMs),
        Stage("since oldest turn", latencies, latency => latency.SinceOldestMs),
    ];

    static StageLatency Stage(string name, IReadOnlyList<SuggestionLatency> latencies, Func<SuggestionLatency, double> stage) =>
        new(name, Percentiles.Of(latencies.Select(stage)));
}

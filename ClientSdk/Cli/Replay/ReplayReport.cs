using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay;

/// <summary>What became of a replayed call.</summary>
/// <param name="Unanswered">Those without an outcome, or failed, or expired.</param>
/// <param name="Coalesced">Turns that went into the answer to a newer one.</param>
/// <param name="Held">Turns that waited for a free stream, answered in the end or not.</param>
/// <param name="Latency">Where the time went, in milliseconds a completed suggestion.</param>
sealed record ReplayReport(
    int Turns,
    int Unanswered,
    int Cards,
    int Suggestions,
    int Coalesced,
    int Held,
    int Withdrawn,
    IReadOnlyList<OutcomeCount> Outcomes,
    IReadOnlyList<WithdrawnCount> WithdrawnBy,
    IReadOnlyList<StageLatency> Latency)
{
    /// <summary>Whether Ctrl-C ended it early.</summary>
    public bool Stopped { get; init; }

    /// <summary>Audio frames that could not be sent in time; null where no voices were replayed.</summary>
    public long? AudioDropped { get; init; }
}

sealed record OutcomeCount(TurnOutcome Outcome, SettleReason Reason, int Turns);

sealed record WithdrawnCount(WithdrawReason Reason, int Suggestions);

/// <summary>The time in one stage; without percentiles when no suggestion was completed.</summary>
sealed record StageLatency(string Stage, Percentiles? Ms);

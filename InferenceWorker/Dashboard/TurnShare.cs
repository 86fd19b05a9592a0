using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>Who answered a turn, as a team lead counts it.</summary>
public enum TurnShare
{
    /// <summary>It deserved no answer, or the rep did not want one: not counted.</summary>
    NotCounted,

    /// <summary>The model.</summary>
    Model,

    /// <summary>The playbook only.</summary>
    Playbook,

    /// <summary>Nobody.</summary>
    Nobody,
}

/// <summary>Decides who answered a turn.</summary>
public static class TurnShareRule
{
    /// <summary>Decides.</summary>
    /// <param name="outcome">What became of the turn.</param>
    /// <param name="reason">Why.</param>
    /// <param name="source">Who wrote the suggestion that it went into; null when there was none.</param>
    /// <returns>Who answered.</returns>
    public static TurnShare Of(TurnOutcome outcome, SettleReason reason, SuggestionSource? source) => (outcome, reason) switch
    {
        (TurnOutcome.Suggested or TurnOutcome.Merged, _) => source == SuggestionSource.Model ? TurnShare.Model : TurnShare.Playbook,
        (_, SettleReason.AlreadyShown) => TurnShare.Playbook,
        (_, SettleReason.NoCard or SettleReason.Held or SettleReason.Stale or SettleReason.ModelFailed) => TurnShare.Nobody,
        _ => TurnShare.NotCounted,
    };
}

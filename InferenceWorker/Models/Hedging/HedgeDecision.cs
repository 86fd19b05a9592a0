namespace Teleprompter.InferenceWorker.Models.Hedging;

/// <summary>Whether a model is asked as well whose words may come sooner, or why not now.</summary>
enum HedgeDecision
{
    /// <summary>It is.</summary>
    Ask,

    /// <summary>It rests, or is being loaded.</summary>
    Resting,

    /// <summary>A rate limit is not over.</summary>
    RateLimited,

    /// <summary>A turn waits for a slot, or the last free one would be taken.</summary>
    SlotsShort,

    /// <summary>The extra requests of the last while are used up.</summary>
    OverBudget,
}

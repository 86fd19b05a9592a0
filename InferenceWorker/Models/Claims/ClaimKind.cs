namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What a customer could hold the rep to.</summary>
enum ClaimKind
{
    /// <summary>A number that counts something.</summary>
    Count,

    Percent,

    Money,

    /// <summary>A day, a month, a duration.</summary>
    Date,

    /// <summary>A guarantee, a refund, something for free, a certificate.</summary>
    Promise,
}

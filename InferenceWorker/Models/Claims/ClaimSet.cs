namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What a source says, as far as claims can stand on it.</summary>
sealed class ClaimSet(string source)
{
    // A negated promise is none: "we give no refunds" supports no refund.
    readonly HashSet<(ClaimKind, string)> known =
        [.. Figures.In(source).Concat(Dates.In(source)).Concat(Promises.In(source)).Select(claim => (claim.Kind, claim.Key))];

    /// <summary>Whether a claim stands here. "49 per seat" supports $49, and twenty seats do not support 20 %.</summary>
    public bool Supports(Claim claim) => claim.Kind switch
    {
        ClaimKind.Money => Has(ClaimKind.Money, claim) || Has(ClaimKind.Count, claim),
        ClaimKind.Count => Has(ClaimKind.Count, claim) || Has(ClaimKind.Money, claim) || Has(ClaimKind.Percent, claim),
        var kind => Has(kind, claim),
    };

    bool Has(ClaimKind kind, Claim claim) => known.Contains((kind, claim.Key));
}

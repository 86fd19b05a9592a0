namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What a source says, as far as claims can stand on it.</summary>
sealed class ClaimSet(string source)
{
    // A source is long, and few answers have claims of every kind.
    readonly Lazy<HashSet<(ClaimKind, string)>> figures = new(() => Keys(Figures.In(source)));
    readonly Lazy<HashSet<(ClaimKind, string)>> dates = new(() => Keys(Dates.In(source)));

    // A negated promise is none: "we give no refunds" supports no refund.
    readonly Lazy<HashSet<(ClaimKind, string)>> promises = new(() => Keys(Promises.In(source)));

    /// <summary>Whether a claim stands here. "49 per seat" supports $49, and twenty seats do not support 20 %.</summary>
    public bool Supports(Claim claim) => claim.Kind switch
    {
        ClaimKind.Money => Has(ClaimKind.Money, claim) || Has(ClaimKind.Count, claim),
        ClaimKind.Count => Has(ClaimKind.Count, claim) || Has(ClaimKind.Money, claim) || Has(ClaimKind.Percent, claim),
        var kind => Has(kind, claim),
    };

    static HashSet<(ClaimKind, string)> Keys(IEnumerable<Claim> claims) => [.. claims.Select(claim => (claim.Kind, claim.Key))];

    bool Has(ClaimKind kind, Claim claim)
    {
        var known = kind switch { ClaimKind.Date => dates, ClaimKind.Promise => promises, _ => figures };
        return known.Value.Contains((kind, claim.Key));
    }
}

namespace Teleprompter.Contracts;

/// <summary>What came of a call. Each list may be empty, has at most 6 items, and each item at most 300 characters.</summary>
/// <param name="Needs">What the customer needs.</param>
/// <param name="Objections">What speaks against it for them, and whether it was answered.</param>
/// <param name="Commitments">Who promised what.</param>
/// <param name="NextSteps">What happens next.</param>
/// <param name="Source">Who wrote it.</param>
public sealed record CallSummary(
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Objections,
    IReadOnlyList<string> Commitments,
    IReadOnlyList<string> NextSteps,
    SummarySource Source)
{
    /// <summary>The most items of a list.</summary>
    public const int ItemsAtMost = 6;

    /// <summary>The most characters of an item.</summary>
    public const int CharactersAtMost = 300;
}

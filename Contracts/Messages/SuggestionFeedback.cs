namespace Teleprompter.Contracts;

/// <summary>What the rep did with a suggestion.</summary>
/// <param name="SuggestionId">The suggestion.</param>
/// <param name="Kind">What was done.</param>
public sealed record SuggestionFeedback(string SuggestionId, FeedbackKind Kind);

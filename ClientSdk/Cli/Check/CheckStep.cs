namespace Teleprompter.Cli.Check;

/// <summary>One thing that a deployment must do.</summary>
/// <param name="Ms">
/// Milliseconds until it was done, from the step's start or from the question that it answers; null when it was not done.
/// </param>
/// <param name="Note">What was found; where it failed, what to do.</param>
sealed record CheckStep(string Name, bool Ok, double? Ms, string Note);

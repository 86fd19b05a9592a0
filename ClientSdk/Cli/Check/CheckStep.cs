namespace Teleprompter.Cli.Check;

/// <summary>One thing that a deployment must do.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Ok">Whether it does.</param>
/// <param name="Ms">When it was done: in milliseconds from the step's start, for what answers a question from the question; null when it was not.</param>
/// <param name="Note">What was found; where it failed, what to do.</param>
sealed record CheckStep(string Name, bool Ok, double? Ms, string Note);

namespace Teleprompter.Cli.Check;

/// <summary>What a check found.</summary>
/// <param name="AnsweredBy">Who answered: <c>model</c> or <c>playbook</c>; null when nobody did.</param>
/// <param name="Steps">The steps, in their order. A step that depends on one that failed is left out.</param>
sealed record CheckReport(Uri Gateway, bool Healthy, string? AnsweredBy, IReadOnlyList<CheckStep> Steps);

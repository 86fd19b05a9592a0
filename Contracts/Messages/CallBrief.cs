namespace Teleprompter.Contracts;

/// <summary>What the rep knows before the call. Every field is optional; a card never shows a hole for a missing one.</summary>
/// <param name="RepName">The rep's name, at most 200 characters.</param>
/// <param name="CustomerName">The customer's name, at most 200 characters.</param>
/// <param name="Company">The customer's company, at most 200 characters.</param>
/// <param name="Role">The customer's role, at most 200 characters.</param>
/// <param name="Product">What is being sold, at most 200 characters.</param>
/// <param name="Notes">Anything else worth knowing, at most 4,000 characters.</param>
public sealed record CallBrief(
    string? RepName = null,
    string? CustomerName = null,
    string? Company = null,
    string? Role = null,
    string? Product = null,
    string? Notes = null)
{
    /// <summary>A brief that says nothing.</summary>
    public static CallBrief Empty { get; } = new();
}

using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Privacy;

/// <summary>All that is kept of a person who uses the product.</summary>
/// <param name="Subject">The person; null for calls that nobody signed in for.</param>
/// <param name="Calls">The calls that the person started and that are still kept.</param>
/// <param name="Audit">What the person did with others' calls, and what others did with the person's; at most 1,000, newest first.</param>
public sealed record PersonExport(string? Subject, IReadOnlyList<CallExport> Calls, IReadOnlyList<AuditEntry> Audit);

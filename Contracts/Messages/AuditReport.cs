namespace Teleprompter.Contracts;

/// <summary>Entries of the audit trail, newest first.</summary>
public sealed record AuditReport(IReadOnlyList<AuditEntry> Entries);

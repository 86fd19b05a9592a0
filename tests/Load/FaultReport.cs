namespace Teleprompter.Tests.Load;

/// <summary>
/// How one fault went. Latencies in milliseconds from the intended send of each turn said during it, to its card, and to help: a
/// suggestion, or the honest word that there is only the playbook. Recovery in seconds from the model's return to the first words of its
/// first suggestion; null when none came.
/// </summary>
sealed record FaultReport(
    string Fault, LatencyReport Card, LatencyReport Help, IReadOnlyDictionary<string, int> Outcomes, double? RecoverySeconds);

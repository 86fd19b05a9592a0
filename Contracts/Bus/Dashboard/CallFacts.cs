using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>A live call.</summary>
/// <param name="Epoch">The ownership; a higher one replaces a lower one.</param>
/// <param name="Team">The team whose leads may see it; null for none.</param>
public sealed record CallFacts(long Epoch, LiveCallView View, string? Team = null);

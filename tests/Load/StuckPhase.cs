namespace Teleprompter.Tests.Load;

/// <summary>What the others noticed of clients that do not read.</summary>
/// <param name="Stuck">Clients that do not read.</param>
/// <param name="Closed">How often the gateway closed one of them.</param>
/// <param name="Added">What was added for the others to the model's own time until the first words.</param>
/// <param name="Use">Who used what.</param>
sealed record StuckPhase(int Stuck, int Closed, LatencyReport Added, RunUse Use);

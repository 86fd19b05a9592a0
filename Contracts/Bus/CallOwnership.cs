namespace Teleprompter.Bus;

/// <summary>Which worker owns a call.</summary>
/// <param name="WorkerId">The worker; empty while a call that was put back into the store has not been claimed again.</param>
/// <param name="Epoch">Rises with every change of owner; output and writes of an older one are refused.</param>
public sealed record CallOwnership(string WorkerId, long Epoch);

namespace Teleprompter.ClientSdk;

/// <summary>Where a client stands with the gateway.</summary>
/// <param name="AwaySeconds">Time since the connection was lost, in seconds; 0 unless reconnecting.</param>
public sealed record ConnectionState(ConnectionPhase Phase, double AwaySeconds = 0);

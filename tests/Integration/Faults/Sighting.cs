using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Something a client saw. Times are milliseconds on the scripted model's clock.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Connection">The client's connection, counted from 1.</param>
abstract record Sighting(double AtMs, int Connection);

/// <summary>The gateway let the client into its call.</summary>
sealed record Opened(double AtMs, int Connection, StartCallReply Reply, bool AskedToResume) : Sighting(AtMs, Connection);

/// <summary>An event came.</summary>
sealed record Saw(double AtMs, int Connection, CallEvent Event) : Sighting(AtMs, Connection);

/// <summary>The connection ended.</summary>
sealed record Closed(double AtMs, int Connection) : Sighting(AtMs, Connection);

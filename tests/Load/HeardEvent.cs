using Teleprompter.Contracts;

namespace Teleprompter.Tests.Load;

/// <summary>An event of a call.</summary>
/// <param name="AtMs">When it was read from the socket.</param>
/// <param name="Event">The event.</param>
sealed record HeardEvent(double AtMs, CallEvent Event);

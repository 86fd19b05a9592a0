namespace Teleprompter.Tests.Load;

/// <summary>Two turns of a call so close that the newer one closes the older one's stream.</summary>
sealed record CancelledPair(SaidTurn Older, SaidTurn Newer, bool MidStream);

namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>What a timeline says of one turn.</summary>
/// <param name="Speaker">rep or customer.</param>
/// <param name="Text">Its words.</param>
/// <param name="StartMs">When they begin, in milliseconds of the recording.</param>
/// <param name="EndMs">When they end.</param>
public sealed record TimelineTurn(string Speaker, string Text, int StartMs, int EndMs);

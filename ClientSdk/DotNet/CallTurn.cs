using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>One turn of a written-down call.</summary>
/// <param name="StartMs">Start of speech, in milliseconds from the call's start.</param>
/// <param name="EndMs">End of speech, in milliseconds from the call's start.</param>
public record CallTurn(Speaker Speaker, string Text, long StartMs, long EndMs);

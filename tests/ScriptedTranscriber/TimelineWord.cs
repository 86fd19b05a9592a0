namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>A word and the middle of it, in samples of its channel.</summary>
/// <param name="Text">The word, with its punctuation.</param>
/// <param name="Middle">When it is half said.</param>
public sealed record TimelineWord(string Text, int Middle);

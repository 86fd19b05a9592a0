namespace Teleprompter.Tests.Load;

/// <summary>What a recogniser tells of a line at a moment.</summary>
/// <param name="AtMs">When, since the line began, in milliseconds.</param>
/// <param name="Text">The words so far.</param>
/// <param name="Final">They are all, and do not change any more.</param>
sealed record RecognisedWords(double AtMs, string Text, bool Final);

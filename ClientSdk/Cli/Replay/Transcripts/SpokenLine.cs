namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>What one speaker says in a transcript.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Speaker">The name in the file; null where the file names nobody.</param>
/// <param name="StartMs">When it begins, in milliseconds by the file's clock; null where the file does not say.</param>
/// <param name="EndMs">When it ends; null where the file does not say.</param>
sealed record SpokenLine(long Line, string? Speaker, string Text, long? StartMs = null, long? EndMs = null);

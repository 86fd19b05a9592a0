using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Words that a voice became.</summary>
/// <param name="Segment">They, on the channel the voice came by.</param>
/// <param name="FirmChars">How many characters of an interim will hardly change.</param>
/// <param name="EndedAt">When the voice was last heard, on the call's clock.</param>
public sealed record HeardWords(TranscriptSegment Segment, int FirmChars, TimeSpan EndedAt);

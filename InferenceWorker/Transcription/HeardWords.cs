using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>The words of an utterance so far.</summary>
/// <param name="Segment">The words, on the channel of the voice.</param>
/// <param name="FirmChars">The number of characters, from the first on, that will hardly change.</param>
/// <param name="EndedAt">When the voice was last heard, on the call's clock.</param>
public sealed record HeardWords(TranscriptSegment Segment, int FirmChars, TimeSpan EndedAt);

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>A request for the words of a stretch.</summary>
/// <param name="Id">Names it in what comes back.</param>
/// <param name="Language">BCP 47 tag; null for English.</param>
/// <param name="Prompt">Names that are likely to be said; null for none.</param>
public sealed record SpeechRequest(long Id, string? Language, string? Prompt, bool Final);

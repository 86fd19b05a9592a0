using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>A stretch of speech was transcribed, or was not. Never leaves the worker.</summary>
/// <param name="Text">The words, as the engine gave them; null when none could be had.</param>
public sealed record SpeechTranscribed(long RequestId, string? Text) : CallInput;

/// <summary>Whether the transcriber answers has changed. Never leaves the worker.</summary>
public sealed record TranscriberMoved : CallInput;

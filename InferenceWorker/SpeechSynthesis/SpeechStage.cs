namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>What all calls share of speech.</summary>
/// <param name="Log">Tells those who operate it what goes wrong.</param>
/// <param name="Synthesizer">What speaks; null for nothing.</param>
public sealed record SpeechStage(SynthesisLog Log, TimeProvider Time, ISpeechSynthesizer? Synthesizer = null);

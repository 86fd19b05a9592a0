namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>What all calls share of speech.</summary>
/// <param name="Log">Tells those who operate it what goes wrong.</param>
public sealed record SpeechStage(SynthesisLog Log, TimeProvider Time, ISpeechSynthesizer Synthesizer);

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>What turns the words of a rehearsal's buyer into sound.</summary>
public enum SynthesisProvider
{
    /// <summary>Nothing: the buyer's words are text, which a client may read aloud itself.</summary>
    None,

    /// <summary>An endpoint that speaks OpenAI's <c>/v1/audio/speech</c>.</summary>
    OpenAI,
}

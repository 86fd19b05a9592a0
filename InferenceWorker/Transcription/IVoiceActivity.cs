namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Judges one voice, 10 ms at a time. Not thread-safe.</summary>
public interface IVoiceActivity
{
    /// <summary>Somebody is speaking, or has been until at most 100 ms ago.</summary>
    bool Speaking { get; }

    /// <summary>The last hop was part of a voice.</summary>
    bool Voiced { get; }

    /// <summary>The last hop counts as evidence that the sound is a voice at all.</summary>
    bool Evidence { get; }

    /// <summary>How much the level of the evidence must vary to be believed, in dB.</summary>
    float LeastSwing { get; }

    /// <summary>The level of the last hop above 300 Hz, in dB of full scale.</summary>
    float Level { get; }

    /// <summary>Hops since the last one that was part of a voice.</summary>
    int HopsSinceVoice { get; }

    /// <summary>
    /// When <see cref="Speaking"/> has just become true: how many hops ago, the last one included, the voice began, with 40 ms to spare.
    /// </summary>
    int OnsetHops { get; }

    /// <summary>Judges the next 10 ms.</summary>
    /// <param name="hop"><see cref="VoiceActivity.HopSamples"/> samples.</param>
    void Process(ReadOnlySpan<short> hop);

    /// <summary>Time passed in which nothing was sent.</summary>
    void Skip(int hops);
}

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// Judges a voice by Silero's model, for voices that no client has gated: noise, music and hum are not taken for speech, and speech is
/// heard through them. Where the voice stands well out of the room, its level tells its end, which the model sees 30 to 90 ms later.
/// </summary>
public sealed class SileroActivity(SpeechModel model) : IVoiceActivity
{
    const float Begins = 0.5f;
    const float GoesOn = 0.35f;
    const int EndHops = 10;

    // A voice this far above the floor, in dB, is told from the room by its level.
    const float StandsOut = 18;

    // A window, and another one until the model is sure.
    const int NoisyOnsetHops = 8 + VoiceActivity.OnsetMargin;

    readonly VoiceActivity level = new();
    readonly float[] samples = new float[SpeechModel.ContextSamples + SpeechModel.WindowSamples];
    readonly float[] state = new float[SpeechModel.StateValues];
    int filled;
    bool sound;
    float probability;
    float loudest;

    public bool Speaking { get; private set; }

    public bool Voiced { get; private set; }

    public bool Evidence => probability >= Begins;

    public float LeastSwing => 0;

    public float Level => level.Level;

    public int HopsSinceVoice { get; private set; } = int.MaxValue / 2;

    public int OnsetHops { get; private set; }

    public void Process(ReadOnlySpan<short> hop)
    {
        level.Process(hop);
        sound |= Level > VoiceActivity.Gate;
        foreach (var sample in hop)
        {
            samples[SpeechModel.ContextSamples + filled++] = sample * (1f / 32768);
            if (filled == SpeechModel.WindowSamples)
            {
                Judge();
            }
        }

        var begins = !Speaking && probability >= Begins;
        loudest = begins ? Level : MathF.Max(loudest, Level);
        var noisy = loudest - level.NoiseFloor < StandsOut;
        Voiced = begins || (Speaking && probability >= GoesOn && (noisy || level.Loud));
        HopsSinceVoice = Voiced ? 0 : HopsSinceVoice + 1;
        if (begins)
        {
            OnsetHops = Math.Max(level.Onset(), level.Loud ? 0 : NoisyOnsetHops);
        }

        Speaking = begins || (Speaking && HopsSinceVoice <= EndHops);
    }

    public void Skip(int hops)
    {
        level.Skip(hops);
        HopsSinceVoice += hops;
        Speaking &= HopsSinceVoice <= EndHops;
        if (hops > EndHops)
        {
            Array.Clear(state);
            Array.Clear(samples);
            (filled, sound, probability) = (0, false, 0);
        }
    }

    void Judge()
    {
        // A line that is silent costs nothing.
        probability = sound ? model.Judge(samples, state) : 0;
        (filled, sound) = (0, false);
        samples.AsSpan(SpeechModel.WindowSamples).CopyTo(samples);
    }
}

using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>Lets speech through and silence not, with a little of what came before it, in pieces of 40 ms. Judges by what the worker judges by.</summary>
sealed class SpeechGate
{
    /// <summary>What is heard at a time.</summary>
    public static readonly TimeSpan Hop = TimeSpan.FromTicks(VoiceActivity.HopSamples * TicksPerSample);

    const long TicksPerSample = TimeSpan.TicksPerSecond / AudioFrame.SampleRate;

    const int PieceHops = 4;

    /// <summary>Silence let through before speech, besides what the detection goes back by itself.</summary>
    const int PreRollHops = 3;

    /// <summary>Silence let through after speech: more than the worker needs to agree that it is over.</summary>
    const int HangoverHops = 15;

    readonly VoiceActivity activity = new();
    readonly List<short> held = [];
    long heardSamples;
    bool open;

    /// <summary>Hears the next 10 ms.</summary>
    /// <param name="hop">Its samples.</param>
    /// <returns>What may pass now.</returns>
    public SpokenPiece? Hear(ReadOnlySpan<short> hop)
    {
        activity.Hear(hop);
        held.AddRange(hop);
        heardSamples += hop.Length;
        if (open)
        {
            open = activity.HopsSinceVoice < HangoverHops;
            return !open || held.Count >= PieceHops * VoiceActivity.HopSamples ? Take(endOfSpeech: !open) : null;
        }

        open = activity.Speaking;
        Keep((open ? activity.OnsetHops : VoiceActivity.LongestOnset) + PreRollHops);
        return open ? Take(endOfSpeech: false) : null;
    }

    /// <summary>The recording is over.</summary>
    /// <returns>What may still pass.</returns>
    public SpokenPiece? End() => open ? Take(endOfSpeech: true) : null;

    SpokenPiece Take(bool endOfSpeech)
    {
        var piece = new SpokenPiece(
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(held)).ToArray(),
            TimeSpan.FromTicks((heardSamples - held.Count) * TicksPerSample),
            endOfSpeech);
        held.Clear();
        return piece;
    }

    void Keep(int hops) => held.RemoveRange(0, Math.Max(0, held.Count - (hops * VoiceActivity.HopSamples)));
}

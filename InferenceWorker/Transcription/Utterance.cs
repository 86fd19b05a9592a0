namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>What a speaker says between two silences: its sound, and what is known of its words.</summary>
/// <param name="pcm">The sound so far.</param>
/// <param name="startMs">When the voice began, on the clock of the audio, in milliseconds.</param>
/// <param name="beganAt">The same on the call's clock.</param>
public sealed class Utterance(PcmBuffer pcm, long startMs, TimeSpan beganAt)
{
    const string IdPrefix = "v-";

    // A voice's shortest word has more voiced sound than the ring of a key, and is louder in its middle than at its ends, unlike hum.
    const int LeastPitched = 12;
    const float LeastSwing = 4;

    int pitched;
    float loudest = float.MinValue;
    float quietest = float.MaxValue;
    long heardUntil;

    /// <summary>The segment its words become; unique, whichever worker makes it.</summary>
    public string SegmentId { get; } = $"{IdPrefix}{Guid.CreateVersion7():N}";

    /// <summary>Its sound.</summary>
    public PcmBuffer Pcm => pcm;

    /// <summary>When the voice began, on the clock of the audio, in milliseconds.</summary>
    public long StartMs { get; } = startMs;

    /// <summary>When the voice began, on the call's clock.</summary>
    public TimeSpan BeganAt { get; } = beganAt;

    /// <summary>When the voice was last heard, on the clock of the audio, in milliseconds.</summary>
    public long EndMs { get; private set; } = startMs;

    /// <summary>When the voice was last heard, on the call's clock.</summary>
    public TimeSpan EndedAt { get; private set; } = beganAt;

    /// <summary>How much voice it has, in hops; tells whether there is more than when words were asked for.</summary>
    public int Voiced { get; private set; }

    /// <summary>Enough of a voice to be worth transcribing.</summary>
    public bool Credible { get; private set; }

    /// <summary>Its words so far.</summary>
    public Hypotheses Words { get; } = new();

    /// <summary>Words of it were shown.</summary>
    public bool Shown { get; set; }

    /// <summary>The <see cref="Voiced"/> that was answered, with words or without.</summary>
    public int Answered { get; set; } = -1;

    /// <summary>Whether all of it was answered.</summary>
    public bool Covered => Answered == Voiced;

    /// <summary>The silence after it; null where it goes on or was cut.</summary>
    public TimeSpan? SilenceAfter { get; set; }

    /// <summary>Whether a segment's words were heard, not typed.</summary>
    /// <param name="segmentId">The segment.</param>
    public static bool Made(string segmentId) => segmentId.StartsWith(IdPrefix, StringComparison.Ordinal);

    /// <summary>Adds the hops that were read since the last time, the pause between two words included: a transcriber hears better where nothing is cut out.</summary>
    /// <param name="hops">Where they are.</param>
    /// <param name="back">How many of the last ones there are in its beginning.</param>
    public void Append(HopReader hops, int back)
    {
        hops.CopyFrom(heardUntil > 0 ? heardUntil : Math.Max(0, hops.Count - back), pcm);
        heardUntil = hops.Count;
    }

    /// <summary>Notes that the last hop was part of the voice.</summary>
    /// <param name="activity">What it was.</param>
    /// <param name="endMs">Its end on the clock of the audio.</param>
    /// <param name="at">Its end on the call's clock.</param>
    public void Hear(VoiceActivity activity, long endMs, TimeSpan at)
    {
        Voiced++;
        (EndMs, EndedAt) = (endMs, at);
        if (!Credible && activity.HasPitch)
        {
            pitched++;
            (quietest, loudest) = (MathF.Min(quietest, activity.Level), MathF.Max(loudest, activity.Level));
            Credible = pitched >= LeastPitched && loudest - quietest >= LeastSwing;
        }
    }

    /// <summary>Takes what was heard since some moment away into an utterance of its own; this one is at its end.</summary>
    /// <param name="at">The moment, in bytes of the sound.</param>
    /// <returns>The rest.</returns>
    public Utterance Split(int at)
    {
        var taken = TimeSpan.FromSeconds((pcm.Length - at) / 32_000.0);
        var rest = new Utterance(pcm.Split(at), EndMs - (long)taken.TotalMilliseconds, EndedAt - taken)
        {
            heardUntil = heardUntil,
            EndMs = EndMs,
            EndedAt = EndedAt,
            Voiced = 1,
            Credible = Credible,
        };
        (EndMs, EndedAt) = (rest.StartMs, rest.BeganAt);
        Voiced++;
        return rest;
    }

    /// <summary>Gives the memory of its sound back.</summary>
    public void Release() => pcm.Dispose();
}

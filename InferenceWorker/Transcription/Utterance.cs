namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>What a speaker says between two silences: the sound, and the words known so far.</summary>
/// <param name="startMs">When the voice began, on the clock of the audio, in milliseconds.</param>
/// <param name="beganAt">The same on the call's clock.</param>
public sealed class Utterance(PcmBuffer pcm, long startMs, TimeSpan beganAt)
{
    const string IdPrefix = "v-";

    // A voice's shortest word has more voiced sound than the ring of a key.
    const int LeastEvidence = 12;

    // Whisper takes 30 s at a time.
    const double LongestSeconds = 25;

    int evidence;
    float loudest = float.MinValue;
    float quietest = float.MaxValue;
    long readUntil;
    int pauseToldAt;
    bool pauseToldComplete;

    /// <summary>The segment its words become; unique, whichever worker makes it.</summary>
    public string SegmentId { get; } = $"{IdPrefix}{Guid.CreateVersion7():N}";

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

    /// <summary>The <see cref="Voiced"/> that was answered, with words or without.</summary>
    public int Answered { get; set; } = -1;

    /// <summary>Whether all of it was answered.</summary>
    public bool Covered => Answered == Voiced;

    /// <summary>The silence after it; null where it goes on or was cut.</summary>
    public TimeSpan? SilenceAfter { get; set; }

    /// <summary>Whether it is to be cut although nobody paused.</summary>
    public bool TooLong => pcm.Duration.TotalSeconds >= LongestSeconds;

    /// <summary>Whether its words are final: nothing more is known of it.</summary>
    public bool Settled { get; private set; }

    /// <summary>Whether the silence at its end was told.</summary>
    public bool PauseTold => pauseToldAt == Voiced;

    /// <summary>Whether a segment's words were heard, not typed.</summary>
    public static bool Made(string segmentId) => segmentId.StartsWith(IdPrefix, StringComparison.Ordinal);

    /// <summary>
    /// Adds the hops that were read since the last time, the pause between two words included: a transcriber hears better where nothing is
    /// cut out.
    /// </summary>
    /// <param name="back">How many of the last ones there are in its beginning.</param>
    public void Append(FrameReader hops, int back)
    {
        hops.CopyFrom(readUntil > 0 ? readUntil : Math.Max(0, hops.Count - back), pcm);
        readUntil = hops.Count;
    }

    /// <summary>Notes that the last hop was part of the voice.</summary>
    /// <param name="endMs">Its end on the clock of the audio.</param>
    /// <param name="at">Its end on the call's clock.</param>
    public void AddVoice(IVoiceActivity activity, long endMs, TimeSpan at)
    {
        Voiced++;
        (EndMs, EndedAt) = (endMs, at);
        if (!Credible && activity.Evidence)
        {
            evidence++;
            (quietest, loudest) = (MathF.Min(quietest, activity.Level), MathF.Max(loudest, activity.Level));
            Credible = evidence >= LeastEvidence && loudest - quietest >= activity.LeastSwing;
        }
    }

    /// <summary>Takes what was heard since some moment away into an utterance of its own; this one is at its end.</summary>
    /// <param name="at">The moment, in bytes of the sound.</param>
    public Utterance Split(int at)
    {
        var taken = TimeSpan.FromSeconds((pcm.Length - at) / 32_000.0);
        var rest = new Utterance(pcm.Split(at), EndMs - (long)taken.TotalMilliseconds, EndedAt - taken)
        {
            readUntil = readUntil,
            EndMs = EndMs,
            EndedAt = EndedAt,
            Voiced = 1,
            Credible = Credible,
        };
        (EndMs, EndedAt) = (rest.StartMs, rest.BeganAt);
        Voiced++;
        return rest;
    }

    /// <summary>The silence at which the turn is over after the words so far.</summary>
    /// <param name="language">BCP 47 tag; null means English.</param>
    public TimeSpan PauseAfter(string? language) => Endpointing.PauseAfter(Words.Text, language);

    /// <summary>Notes that the silence at its end is told: once without, once with the words of all that was said.</summary>
    /// <returns>Whether there is something to tell.</returns>
    public bool TryTellPause()
    {
        if (PauseTold && (pauseToldComplete || !Covered))
        {
            return false;
        }

        (pauseToldAt, pauseToldComplete) = (Voiced, Covered);
        return true;
    }

    /// <summary>Notes that its words are final, and gives its memory back.</summary>
    public void Settle()
    {
        Settled = true;
        Release();
    }

    /// <summary>Gives the memory of its sound back.</summary>
    public void Release() => pcm.Dispose();
}

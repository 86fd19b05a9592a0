using System.Runtime.InteropServices;
using System.Text.Json;

namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>
/// A recording whose words are known: tells what is said in a piece of it. A piece is found by its samples, so whoever sends it cannot know
/// more than it has heard; a word belongs to a piece that has the middle of it.
/// </summary>
public sealed class Recording
{
    /// <summary>Samples a second.</summary>
    public const int Rate = 16_000;

    const int AnchorSamples = 64;
    const int StepSamples = 160;
    const int QuietPauseSamples = 1_600;
    const double QuietRms = 60;
    const int UnknownWordSamples = 5_600;

    readonly IReadOnlyList<TimelineWord>[] words;

    Recording(short[][] channels, IReadOnlyList<string> speakers, IReadOnlyList<TimelineTurn> turns)
    {
        (Channels, Turns) = (channels, turns);
        words = [.. channels.Select((samples, i) => turns.Count > 0
            ? [.. turns.Where(turn => turn.Speaker == speakers[i]).SelectMany(turn => WordsOf(turn, samples))]
            : Numbers(samples.Length))];
    }

    /// <summary>The samples of each channel.</summary>
    public IReadOnlyList<short[]> Channels { get; }

    /// <summary>The turns, in order; empty where there is no timeline.</summary>
    public IReadOnlyList<TimelineTurn> Turns { get; }

    /// <summary>Loads a WAV file of 16 kHz PCM16, and the timeline of the same name beside it, if there is one.</summary>
    /// <param name="path">The WAV file.</param>
    public static Recording Load(string path)
    {
        var file = File.ReadAllBytes(path);
        var channels = BitConverter.ToInt16(file, 22);
        var data = 12;
        while (!file.AsSpan(data, 4).SequenceEqual("data"u8))
        {
            data += 8 + BitConverter.ToInt32(file, data + 4);
        }

        var samples = MemoryMarshal.Cast<byte, short>(
            file.AsSpan(data + 8, Math.Min(BitConverter.ToInt32(file, data + 4), file.Length - data - 8))).ToArray();
        short[][] separated =
        [
            .. Enumerable.Range(0, channels).Select(channel => samples.Where((_, i) => i % channels == channel).ToArray()),
        ];
        var timeline = Path.ChangeExtension(path, ".json");
        if (!File.Exists(timeline))
        {
            return new Recording(separated, [], []);
        }

        var told = JsonSerializer.Deserialize<Timeline>(File.ReadAllText(timeline), JsonSerializerOptions.Web)!;
        return new Recording(separated, told.Channels, told.Turns);
    }

    /// <summary>A recording of one channel without a timeline: its words are numbers, one every 350 ms.</summary>
    /// <param name="samples">The channel.</param>
    public static Recording Of(short[] samples) => new([samples], [], []);

    /// <summary>What is said in a piece.</summary>
    /// <param name="piece">Samples of one channel; parts may have been left out of it.</param>
    /// <returns>The words; null where no part of it is found.</returns>
    public string? TextOf(ReadOnlySpan<short> piece)
    {
        var (channel, parts) = Find(piece);
        return channel < 0
            ? null
            : string.Join(
                ' ',
                words[channel].Where(word => parts.Exists(part => part.Start <= word.Middle && word.Middle < part.End))
                    .Select(word => word.Text));
    }

    /// <summary>Where a piece comes from.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>The channel, −1 for none, and the parts of it, in samples.</returns>
    public (int Channel, List<(int Start, int End)> Parts) Find(ReadOnlySpan<short> piece)
    {
        var parts = new List<(int Start, int End)>();
        var (channel, at, next) = (-1, 0, 0);
        while (at + AnchorSamples <= piece.Length)
        {
            var anchor = piece.Slice(at, AnchorSamples);
            var found = -1;
            for (var i = 0; i < Channels.Count && found < 0; i++)
            {
                if (channel >= 0 && channel != i)
                {
                    continue;
                }

                // What comes later in a piece comes later in the recording.
                found = Channels[i].AsSpan(next).IndexOf(anchor);
                if (found >= 0)
                {
                    (channel, found) = (i, found + next);
                }
            }

            if (found < 0)
            {
                at += StepSamples;
                continue;
            }

            var length = piece[at..].CommonPrefixLength(Channels[channel].AsSpan(found));
            parts.Add((found, found + length));
            (at, next) = (at + length, found + length);
        }

        return (channel, parts);
    }

    /// <summary>A turn's words: its clauses lie between its longest pauses, and within a clause words take time by their length.</summary>
    static IEnumerable<TimelineWord> WordsOf(TimelineTurn turn, short[] samples)
    {
        var (start, end) = (turn.StartMs * Rate / 1000, turn.EndMs * Rate / 1000);
        var clauses = Clauses(turn.Text);
        var pauses = Pauses(samples, start, end).OrderByDescending(pause => pause.End - pause.Start).Take(clauses.Count - 1)
            .OrderBy(pause => pause.Start).ToList();
        if (pauses.Count < clauses.Count - 1)
        {
            (clauses, pauses) = ([turn.Text.Split(' ')], []);
        }

        for (var i = 0; i < clauses.Count; i++)
        {
            var from = i == 0 ? start : pauses[i - 1].End;
            var to = i == clauses.Count - 1 ? end : pauses[i].Start;
            double all = clauses[i].Sum(word => word.Length + 1), said = 0;
            foreach (var word in clauses[i])
            {
                yield return new TimelineWord(word, from + (int)((to - from) * (said + ((word.Length + 1) / 2.0)) / all));
                said += word.Length + 1;
            }
        }
    }

    static List<string[]> Clauses(string text)
    {
        var clauses = new List<string[]>();
        var clause = new List<string>();
        foreach (var word in text.Split(' '))
        {
            clause.Add(word);
            if (word[^1] is ',' or '.' or '?' or '!')
            {
                clauses.Add([.. clause]);
                clause.Clear();
            }
        }

        return clause.Count == 0 ? clauses : [.. clauses, [.. clause]];
    }

    static IEnumerable<(int Start, int End)> Pauses(short[] samples, int start, int end)
    {
        var quietSince = -1;
        for (var at = start + StepSamples; at + StepSamples <= end; at += StepSamples)
        {
            if (Rms(samples.AsSpan(at, StepSamples)) < QuietRms)
            {
                quietSince = quietSince < 0 ? at : quietSince;
            }
            else if (quietSince >= 0)
            {
                if (at - quietSince >= QuietPauseSamples)
                {
                    yield return (quietSince, at);
                }

                quietSince = -1;
            }
        }
    }

    static double Rms(ReadOnlySpan<short> samples)
    {
        var energy = 0.0;
        foreach (var sample in samples)
        {
            energy += sample * sample;
        }

        return Math.Sqrt(energy / samples.Length);
    }

    static IReadOnlyList<TimelineWord> Numbers(int samples) =>
        [
            .. Enumerable.Range(0, samples / UnknownWordSamples)
                .Select(i => new TimelineWord($"{i + 1}", (i * UnknownWordSamples) + (UnknownWordSamples / 2))),
        ];

    sealed record Timeline(IReadOnlyList<string> Channels, IReadOnlyList<TimelineTurn> Turns);
}

using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// What Whisper writes for silence and noise in its languages: thanks for watching, calls to subscribe, and credits of subtitles, which end
/// the videos that it was trained on.
/// </summary>
/// <remarks>
/// The phrases of larger languages are those reported most (Barański et al., "Investigation of Whisper ASR Hallucinations", 2025; Whisper's
/// public issues). Those of smaller languages say the same: first versions.
/// </remarks>
static class VideoEndings
{
    /// <summary>The longest credit, in characters: a sentence about subtitles is longer.</summary>
    const int LongestCredit = 70;

    static readonly ILookup<string, string> phrases = Read();
    static readonly FrozenSet<string> alone = phrases["[alone]"].ToFrozenSet(StringComparer.Ordinal);
    static readonly FrozenSet<string> sentences = phrases["[sentence]"].ToFrozenSet(StringComparer.Ordinal);
    static readonly string[] credits = [.. phrases["[credit]"]];

    /// <summary>Whether a whole stretch is what nobody said.</summary>
    /// <param name="plain">It, as <see cref="Artefacts.Plain"/> gives it.</param>
    public static bool AreAll(string plain) => alone.Contains(plain) || IsOne(plain);

    /// <summary>Whether a sentence is what nobody said.</summary>
    /// <param name="plain">It, as <see cref="Artefacts.Plain"/> gives it.</param>
    public static bool IsOne(string plain) =>
        sentences.Contains(plain)
        || plain.Contains("amaraorg", StringComparison.Ordinal)
        || (plain.Length <= LongestCredit && Array.Exists(credits, credit => plain.StartsWith(credit, StringComparison.Ordinal)));

    static ILookup<string, string> Read()
    {
        using var file = new StreamReader(typeof(VideoEndings).Assembly.GetManifestResourceStream("video-endings.txt")!);
        var (section, read) = ("", new List<(string Section, string Phrase)>());
        while (file.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                section = line[..(line.IndexOf(']', StringComparison.Ordinal) + 1)];
            }
            else if (line.Length > 0 && line[0] != '#')
            {
                read.Add((section, Artefacts.Plain(line)));
            }
        }

        return read.ToLookup(phrase => phrase.Section, phrase => phrase.Phrase, StringComparer.Ordinal);
    }
}

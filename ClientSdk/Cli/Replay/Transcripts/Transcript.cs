using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Transcripts;

/// <summary>A transcript as the file has it.</summary>
/// <param name="Lines">What is said, in the file's order.</param>
sealed record Transcript(IReadOnlyList<SpokenLine> Lines)
{
    /// <summary>What the rep knew before the call.</summary>
    public CallBrief Brief { get; init; } = CallBrief.Empty;

    /// <summary>Names that the file itself marks as the seller's side.</summary>
    public IReadOnlyCollection<string> Reps { get; init; } = [];

    /// <summary>Lines of the file that are no part of the call, counted from 1.</summary>
    public IReadOnlyCollection<long> PassedOver { get; init; } = [];

    /// <summary>Reads a transcript in any of the known formats.</summary>
    /// <param name="file">Names the file in errors.</param>
    /// <exception cref="InputException">It is no transcript.</exception>
    public static Transcript Read(string file, string text) =>
        text.TrimStart() is ['{' or '[', ..] && JsonTranscript.Is(text) ? JsonTranscript.Read(file, text)
        : CueTranscript.Is(text) ? CueTranscript.Read(file, text)
        : LabelledTranscript.Read(file, text);
}

using System.Text;
using Teleprompter.Cli.Replay.Transcripts;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Cli.Replay;

/// <summary>A transcript that can be replayed.</summary>
/// <param name="Brief">What the rep knew before the call.</param>
/// <param name="Notes">What the user should know of how the file was read.</param>
sealed record RecordedCall(CallBrief Brief, IReadOnlyList<CallTurn> Turns, IReadOnlyList<string> Notes)
{
    /// <summary>Reads a file.</summary>
    /// <param name="rep">The rep's name in it; null to find out.</param>
    /// <param name="fields">Fields of the brief, over those of the file: see <see cref="BriefFields"/>.</param>
    /// <param name="encoding">The encoding of a file without a byte order mark; null for UTF-8.</param>
    /// <exception cref="InputException">The file cannot be read, or is no transcript.</exception>
    public static RecordedCall Read(string file, string? rep, IEnumerable<string> fields, Encoding? encoding)
    {
        try
        {
            return Parse(file, TextFile.Read(file, encoding), rep, fields);
        }
        catch (TextFormatException error)
        {
            throw InputException.At(file, error.Line, $"{error.Message} Or name its encoding, as in --encoding windows-1252.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} cannot be read: {error.Message}");
        }
    }

    /// <summary>Reads a file's text.</summary>
    /// <inheritdoc cref="Read"/>
    public static RecordedCall Parse(string file, string text, string? rep = null, IEnumerable<string>? fields = null)
    {
        var transcript = Transcript.Read(file, text);
        SpokenLine[] named = [.. transcript.Lines.Where(line => line.Speaker is not null)];
        if (named.Length == 0)
        {
            throw InputException.At(file, 1, "No line names who speaks. Write lines such as 'customer: How much is it?'.");
        }

        if (Array.Find(named, line => line.Text.Length == 0) is { } silent)
        {
            throw InputException.At(file, silent.Line, $"'{silent.Speaker}' says nothing.");
        }

        var brief = BriefFields.Put(transcript.Brief, fields ?? []);
        var roles = Roles.Find(file, transcript, brief, rep);
        long[] passedOver = [.. transcript.PassedOver, .. transcript.Lines.Where(line => line.Speaker is null).Select(line => line.Line)];
        var ignored = passedOver.Length == 0
            ? null
            : $"Lines that are no part of the call were ignored: {string.Join(", ", passedOver.Order())}.";
        return new RecordedCall(brief, Timeline.Of(named, roles.Of), [.. new[] { ignored, roles.Note }.OfType<string>()]);
    }
}

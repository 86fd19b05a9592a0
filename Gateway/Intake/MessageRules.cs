using Teleprompter.Contracts;
using Teleprompter.Gateway.Dashboard;

namespace Teleprompter.Gateway.Intake;

/// <summary>What a message must be to pass the door. Each rule answers with what is wrong, or null.</summary>
public static class MessageRules
{
    const int IdLength = 64;
    const int TextLength = 2000;
    const int FieldLength = 200;
    const int NotesLength = 4000;
    const int LanguageLength = 35;
    const int TokenLength = 128;
    const int FrameBytes = 60 * 2 * AudioFrame.SampleRate / 1000;

    /// <summary>Judges the start of a call.</summary>
    /// <param name="request">The request.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(StartCallRequest? request) => request switch
    {
        null => "StartCall takes an object; {} starts a call with nothing known.",
        { Language.Length: > LanguageLength } => $"language is longer than {LanguageLength} characters; send a tag such as \"en\".",
        { Resume: { } resume } when resume.CallId?.Length > IdLength || resume.ResumeToken?.Length > TokenLength =>
            "resume.callId or resume.resumeToken is too long; send back what StartCall returned.",
        { Resume.LastNumber: < 0 or > 1L << 53 } => "resume.lastNumber must lie between 0 and 2^53.",
        { Resume.AtMs: < 0 or > 1L << 53 } => "resume.atMs must lie between 0 and 2^53.",
        { Brief: { } brief } => Problem(brief),
        _ => null,
    };

    /// <summary>Judges a brief.</summary>
    /// <param name="brief">The brief.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(CallBrief? brief) => brief is null
        ? "UpdateBrief takes an object with the brief's fields."
        : FieldProblem("brief.repName", brief.RepName, FieldLength)
            ?? FieldProblem("brief.customerName", brief.CustomerName, FieldLength)
            ?? FieldProblem("brief.company", brief.Company, FieldLength)
            ?? FieldProblem("brief.role", brief.Role, FieldLength)
            ?? FieldProblem("brief.product", brief.Product, FieldLength)
            ?? FieldProblem("brief.notes", brief.Notes, NotesLength);

    /// <summary>Judges a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(TranscriptSegment? segment)
    {
        if (segment is null)
        {
            return "SendTranscript takes an object.";
        }

        if (string.IsNullOrWhiteSpace(segment.Text))
        {
            return "text is empty; send words, or nothing.";
        }

        if (segment is { EndOfTurn: true, Final: false })
        {
            return "endOfTurn needs final; an interim cannot end a turn.";
        }

        return IdProblem("segmentId", segment.SegmentId) ?? FieldProblem("text", segment.Text, TextLength);
    }

    /// <summary>Judges a moment of a voice.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(AudioFrame? frame) => frame switch
    {
        null => "SendAudio takes a stream of objects.",
        { Pcm: null } => "pcm is missing.",
        { Pcm.Length: > FrameBytes } => $"pcm has {frame.Pcm.Length} bytes; at most {FrameBytes} are taken: 60 ms of 16 kHz mono in 16 bits.",
        { Pcm.Length: var odd } when odd % 2 != 0 => "pcm has an odd number of bytes; a sample has two.",
        { Pcm.Length: 0, EndOfSpeech: false } => "pcm is empty; only the end of speech may be.",
        { Number: < 0 } or { AtMs: < 0 } => "number and atMs must not be negative.",
        _ => null,
    };

    /// <summary>Judges feedback.</summary>
    /// <param name="feedback">The feedback.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(SuggestionFeedback? feedback) =>
        feedback is null ? "SendFeedback takes an object." : IdProblem("suggestionId", feedback.SuggestionId);

    /// <summary>Judges an acknowledgement.</summary>
    /// <param name="progress">The acknowledgement.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(Progress? progress) => progress switch
    {
        null => "Acknowledge takes an object.",
        { Number: < 0 } => "number must not be negative.",
        { NetworkMs: not null and not (>= 0 and <= 60_000) } => "networkMs must lie between 0 and 60000.",
        { RenderMs: not null and not (>= 0 and <= 60_000) } => "renderMs must lie between 0 and 60000.",
        { SuggestionId: { } id } => IdProblem("suggestionId", id),
        _ => null,
    };

    /// <summary>Judges a line to a rep.</summary>
    /// <param name="text">The line.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? LineProblem(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "text is empty; write what the rep should read." : FieldProblem("text", text, CallWatching.LineLength);

    /// <summary>Judges an id.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="value">It.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? IdProblem(string field, string? value) => value is null or { Length: 0 or > IdLength }
        ? $"{field} must have 1 to {IdLength} characters."
        : FieldProblem(field, value, IdLength);

    static string? FieldProblem(string field, string? value, int limit)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Length > limit)
        {
            return $"{field} has {value.Length} characters; at most {limit} are taken.";
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (i + 1 < value.Length && char.IsSurrogatePair(value[i], value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return $"{field} is no valid Unicode text.";
            }
            else if (char.IsControl(value[i]) && value[i] is not ('\n' or '\r' or '\t'))
            {
                return $"{field} contains a control character.";
            }
        }

        return null;
    }
}

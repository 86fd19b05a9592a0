using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>The rules for messages of clients. Each returns what is wrong with a message, or null.</summary>
public static partial class MessageRules
{
    /// <summary>The most characters of a team lead's line: what a rep can read at a glance.</summary>
    public const int LineLength = 300;

    const int IdLength = 64;
    const int TextLength = 2000;
    const int FieldLength = 200;
    const int NotesLength = 4000;
    const int LanguageLength = 35;
    const int TokenLength = 128;
    const int FrameBytes = 60 * 2 * AudioFrame.SampleRate / 1000;

    /// <summary>Refuses a message that has a problem.</summary>
    /// <exception cref="HubException">It has one.</exception>
    public static void Require(string? problem)
    {
        if (problem is not null)
        {
            GatewayTelemetry.Refuse("invalid");
            throw new HubException(problem);
        }
    }

    public static string? Problem(StartCallRequest? request) => request switch
    {
        null => "StartCall takes an object; {} starts a call with nothing known.",
        { Language: { Length: > 0 } tag } when tag.Length > LanguageLength || !Tag().IsMatch(tag) =>
            "language is no tag such as \"en\" or \"pt-BR\", nor \"auto\".",
        { Resume: { } resume } when resume.CallId?.Length > IdLength || resume.ResumeToken?.Length > TokenLength =>
            "resume.callId or resume.resumeToken is too long; send back what StartCall returned.",
        { Resume.LastNumber: < 0 or > 1L << 53 } => "resume.lastNumber must lie between 0 and 2^53.",
        { Resume.AtMs: < 0 or > 1L << 53 } => "resume.atMs must lie between 0 and 2^53.",
        { Rehearsal: { } rehearsal } when Problem(rehearsal) is { } problem => problem,
        { Brief: { } brief } => Problem(brief),
        _ => null,
    };

    public static string? Problem(CallBrief? brief) => brief is null
        ? "UpdateBrief takes an object with the brief's fields."
        : FieldProblem("brief.repName", brief.RepName, FieldLength)
            ?? FieldProblem("brief.customerName", brief.CustomerName, FieldLength)
            ?? FieldProblem("brief.company", brief.Company, FieldLength)
            ?? FieldProblem("brief.role", brief.Role, FieldLength)
            ?? FieldProblem("brief.product", brief.Product, FieldLength)
            ?? FieldProblem("brief.notes", brief.Notes, NotesLength);

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

    public static string? Problem(AudioFrame? frame) => frame switch
    {
        null => "SendAudio takes a stream of objects.",
        { Pcm: null } => "pcm is missing.",
        { Pcm.Length: > FrameBytes } =>
            $"pcm has {frame.Pcm.Length} bytes; at most {FrameBytes} are taken: 60 ms of 16 kHz mono in 16 bits.",
        { Pcm.Length: var odd } when odd % 2 != 0 => "pcm has an odd number of bytes; a sample has two.",
        { Pcm.Length: 0, EndOfSpeech: false } => "pcm is empty; only the end of speech may be.",
        { Number: < 0 } or { AtMs: < 0 } => "number and atMs must not be negative.",
        _ => null,
    };

    public static string? Problem(SpeechReport? report) => report switch
    {
        null => "ReportSpeech takes an object.",
        { PlayedMs: < 0 or > 600_000 } => "playedMs must lie between 0 and 600000.",
        _ => IdProblem("segmentId", report.SegmentId),
    };

    public static string? Problem(SuggestionFeedback? feedback) =>
        feedback is null ? "SendFeedback takes an object." : IdProblem("suggestionId", feedback.SuggestionId);

    public static string? Problem(Progress? progress) => progress switch
    {
        null => "Acknowledge takes an object.",
        { Number: < 0 } => "number must not be negative.",
        { NetworkMs: not null and not (>= 0 and <= 60_000) } => "networkMs must lie between 0 and 60000.",
        { RenderMs: not null and not (>= 0 and <= 60_000) } => "renderMs must lie between 0 and 60000.",
        { SuggestionId: { } id } => IdProblem("suggestionId", id),
        _ => null,
    };

    /// <summary>Refuses the customer's words and voice in a rehearsal, where they are the buyer's.</summary>
    public static string? SpeakerProblem(RehearsalRequest? rehearsal, Speaker speaker) =>
        rehearsal is not null && speaker == Speaker.Customer
            ? "This is a rehearsal: the customer's words are the buyer's. Send what the rep says."
            : null;

    public static string? LineProblem(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "text is empty; write what the rep should read." : FieldProblem("text", text, LineLength);

    public static string? IdProblem(string field, string? value) => value is null or { Length: 0 or > IdLength }
        ? $"{field} must have 1 to {IdLength} characters."
        : FieldProblem(field, value, IdLength);

    [GeneratedRegex(StartCallRequest.LanguageTag, RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tag();

    static string? Problem(RehearsalRequest rehearsal) => rehearsal.Objections is { Count: > RehearsalRequest.MostObjections and var count }
        ? $"rehearsal.objections has {count} entries; at most {RehearsalRequest.MostObjections} are taken."
        : IdProblem("rehearsal.personaId", rehearsal.PersonaId)
            ?? rehearsal.Objections?.Select(ObjectionProblem).FirstOrDefault(problem => problem is not null);

    static string? ObjectionProblem(string? objection, int at) => string.IsNullOrWhiteSpace(objection)
        ? $"rehearsal.objections[{at}] is empty; name what the buyer should press on, or leave it out."
        : FieldProblem($"rehearsal.objections[{at}]", objection, FieldLength);

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

using Microsoft.Extensions.Logging;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>
/// Tells those who operate the speech server what it said and which setting helps: once for each kind of failure, and again after an hour.
/// </summary>
public sealed partial class SynthesisLog(TimeProvider time, ILogger<SynthesisLog> logger)
{
    /// <summary>How long the same thing is not said again.</summary>
    internal static readonly TimeSpan Again = TimeSpan.FromHours(1);

    readonly Dictionary<(SynthesisFailure, int?), long> told = [];

    public void Report(SynthesisException fault)
    {
        lock (told)
        {
            if (told.TryGetValue((fault.Failure, fault.Status), out var last) && time.GetElapsedTime(last) < Again)
            {
                return;
            }

            told[(fault.Failure, fault.Status)] = time.GetTimestamp();
        }

        LogFailure(fault.Failure, fault.Status, Said(fault), Advice(fault));
    }

    /// <summary>The server knows <c>Speech:Voice</c>, and refuses the voice of a persona.</summary>
    public void ReportVoice(string voice, SynthesisException refusal) => LogVoice(voice, refusal.Status, Said(refusal));

    static string Said(SynthesisException fault) => fault.ServerSays is { } said ? $" It says: {said.TrimEnd('.')}." : "";

    /// <summary>Which setting helps.</summary>
    static string Advice(SynthesisException fault) => (fault.Failure, fault.Status) switch
    {
        (_, 401 or 403) => "Check Speech:ApiKey, and that the key may use Speech:Model.",
        (_, 404 or 405) =>
            "Set Speech:Endpoint to the base address of an API with /audio/speech, and Speech:Model to a model that it serves.",
        (_, 402) => "The account at the provider must be paid.",
        (SynthesisFailure.RateLimited, _) => "Lower Rehearsals:AtMost, or ask the provider for a higher limit.",
        (SynthesisFailure.Refused, _) => "Check Speech:Model and Speech:Voice: each server has voices of its own.",
        (SynthesisFailure.WrongFormat, _) =>
            "Use a server and a Speech:Model that answer response_format=pcm with 24 kHz, 16 bits, mono.",
        (SynthesisFailure.Timeout, _) => "If the server is healthy and slow, or still loading the model, raise Speech:AudioTimeout.",
        _ => "Check that Speech:Endpoint can be reached from the worker and serves /audio/speech.",
    };

    [LoggerMessage(
        LogLevel.Warning,
        "The speech server failed: {Failure} (HTTP {Status}); the buyer's turn goes on as text.{Said} {Advice} Said once an hour.")]
    partial void LogFailure(SynthesisFailure failure, int? status, string said, string advice);

    [LoggerMessage(
        LogLevel.Warning,
        "The speech server refuses the voice '{Voice}' of a persona (HTTP {Status}); Speech:Voice speaks in its place.{Said} Name a voice "
        + "that the server has below '## Voice' in the persona's file, or remove that section. Said once an hour.")]
    partial void LogVoice(string voice, int? status, string said);
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Intake;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Fuzzing;

/// <summary>Messages of strangers to the hub: one that cannot be read costs itself, and what is read has been looked at.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class MessageFuzzTests
{
    static readonly (Type Type, string Sample)[] Arguments =
    [
        (typeof(StartCallRequest), Golden("startCall")), (typeof(TranscriptSegment), Golden("sendTranscript")),
        (typeof(CallBrief), Golden("updateBrief")), (typeof(SuggestionFeedback), Golden("sendFeedback")),
        (typeof(Progress), Golden("acknowledge")), (typeof(AudioFrame), Golden("sendAudio")),
        (typeof(SpeechReport), Golden("reportSpeech")),
    ];

    /// <summary>SignalR turns the exception into an answer that costs the message.</summary>
    [Test]
    public Task A_message_is_read_or_refused() => Fuzzer.Run(
        Arguments.Select(argument => argument.Sample),
        (text, random) =>
        {
            try
            {
                Check(JsonSerializer.Deserialize(text, Arguments[random.Next(Arguments.Length)].Type, DashboardJson.BothHubs));
            }
            catch (JsonException)
            {
                // What it promises.
            }
        });

    static void Check(object? argument)
    {
        var problem = argument switch
        {
            StartCallRequest request => MessageRules.Problem(request),
            TranscriptSegment segment => MessageRules.Problem(segment),
            CallBrief brief => MessageRules.Problem(brief),
            SuggestionFeedback feedback => MessageRules.Problem(feedback),
            Progress progress => MessageRules.Problem(progress),
            AudioFrame frame => MessageRules.Problem(frame),
            SpeechReport report => MessageRules.Problem(report),
            _ => null,
        };
        if (problem is null && argument is TranscriptSegment accepted)
        {
            var clamped = accepted.ClampedTo(TimeSpan.FromMinutes(5));
            Assert.That(clamped.StartMs, Is.InRange(0, clamped.EndMs));
            Assert.That(clamped.EndMs, Is.LessThanOrEqualTo(300_000));
        }
    }

    static string Golden(string request) => File.ReadAllText(Path.Combine(RepositoryFiles.Golden, "messages", $"request.{request}.json"));
}

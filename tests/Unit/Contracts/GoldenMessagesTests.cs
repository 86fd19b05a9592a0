using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Contracts;

public sealed class GoldenMessagesTests
{
    static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["event"] = typeof(CallEvent),
        ["request.startCall"] = typeof(StartCallRequest),
        ["reply.startCall"] = typeof(StartCallReply),
        ["request.sendTranscript"] = typeof(TranscriptSegment),
        ["request.sendAudio"] = typeof(AudioFrame),
        ["request.updateBrief"] = typeof(CallBrief),
        ["request.sendFeedback"] = typeof(SuggestionFeedback),
        ["request.acknowledge"] = typeof(Progress),
        ["request.recordConsent"] = typeof(Consent),
        ["request.reportSpeech"] = typeof(SpeechReport),
        ["speech"] = typeof(SpeechFrame),
        ["reply.consent"] = typeof(ConsentPolicy),
    };

    static IEnumerable<TestCaseData> Files => Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Golden, "messages"), "*.json")
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(Files))]
    public void A_message_read_and_written_again_is_the_same(string file)
    {
        var golden = File.ReadAllText(file);
        var name = Path.GetFileNameWithoutExtension(file);
        var type = Types[name.StartsWith("event.", StringComparison.Ordinal) ? "event" : name];

        var message = JsonSerializer.Deserialize(golden, type, ContractsJson.Default);
        var written = JsonSerializer.Serialize(message, type, ContractsJson.Default);

        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(golden)), Is.True, written);
    }

    [Test]
    public void Every_event_has_a_golden_file()
    {
        var discriminators = typeof(CallEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(derived => $"event.{derived.TypeDiscriminator}");

        Assert.That(discriminators, Is.SubsetOf(Files.Select(file => Path.GetFileNameWithoutExtension((string)file.Arguments[0]!))));
    }

    [Test]
    public void The_parts_of_a_latency_sum_to_the_whole()
    {
        var latency = new SuggestionLatency(
            TurnMs: 1, BusMs: 2, CoalesceMs: 4, HeldMs: 8, ContextMs: 16, FirstTokenMs: 32, SinceOldestMs: 99);

        Assert.That(latency.ServerMs, Is.EqualTo(63));
    }
}

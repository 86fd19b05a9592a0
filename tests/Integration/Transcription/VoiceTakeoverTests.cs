using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Faults;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>A worker dies while the customer speaks: a gateway, two workers, Redis and a transcriber in processes of their own.</summary>
[NonParallelizable]
[CancelAfter(90_000)]
public sealed class VoiceTakeoverTests
{
    [Test]
    public async Task A_sentence_in_the_middle_of_which_its_worker_dies_is_written_down_whole_and_judged(
        CancellationToken cancellationToken)
    {
        var recording = Recording.Load(SharedAudio.Find("sales-call.wav"));
        var turn = recording.Turns.First(turn => turn.Text.Contains("how much does this cost", StringComparison.Ordinal));
        await using var redis = await RedisServer.Start();
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(recording);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Transcription__Provider"] = "OpenAI",
            ["Transcription__Endpoint"] = transcriber.Endpoint.ToString(),
            ["Transcription__Model"] = "scripted",
        };
        await using var gateway = new FleetProcess(Fleet.PathOf("Gateway"), redis.Port, settings);
        await using var one = new FleetProcess(Fleet.PathOf("Worker"), redis.Port, settings);
        await using var other = new FleetProcess(Fleet.PathOf("Worker"), redis.Port, settings);
        await Task.WhenAll(gateway.Start(), one.Start(), other.Start());
        await using var client = await HubClient.Connect(gateway.Address);
        var call = await client.Start();

        var streaming = client.Invoke(
            "SendAudio", SpokenFrames.Of(Speaker.Customer, recording.Channels[1], turn.StartMs - 200, turn.EndMs + 800, cancellationToken));
        await client.Until<TranscriptUpdated>(words => words.Text.Split(' ').Length >= 4, cancellationToken);
        await using var reader = await RedisPeer.Start(redis);
        var owner = (await reader.Store.Read(call.CallId, cancellationToken))!.Ownership!.WorkerId;
        await (one.WorkerId == owner ? one : other).Kill();
        await client.Until<Restored>(cancellationToken);
        var asked = await client.Until<TranscriptUpdated>(
            words => words.Final && words.Text.EndsWith("per seat?", StringComparison.Ordinal), cancellationToken);
        await client.Until<TurnSettled>(settled => settled.TurnId == asked.SegmentId, cancellationToken);
        await streaming;

        Assert.That(OnScreen(client.Heard), Is.EqualTo(turn.Text));
    }

    /// <summary>What the screen shows as said: the last snapshot, and what came after it.</summary>
    static string OnScreen(IEnumerable<CallEvent> events)
    {
        var said = new SortedDictionary<long, string>();
        foreach (var callEvent in events)
        {
            if (callEvent is Restored restored)
            {
                said.Clear();
                restored.Segments.Where(segment => segment.Final).ToList().ForEach(segment => said[segment.StartMs] = segment.Text);
            }
            else if (callEvent is TranscriptUpdated { Final: true } words)
            {
                said[words.StartMs] = words.Text;
            }
        }

        return string.Join(' ', said.Values);
    }
}

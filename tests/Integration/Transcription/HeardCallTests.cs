using System.Runtime.CompilerServices;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>
/// A voice's whole way: frames through a socket, the gateway, the worker and a transcriber over HTTP, and back as words and a suggestion.
/// </summary>
[CancelAfter(60_000)]
public sealed class HeardCallTests
{
    [Test]
    public async Task What_the_customer_says_comes_back_as_words_and_is_answered(CancellationToken cancellationToken)
    {
        var recording = Recording.Load(SharedAudio.Find("sales-call.wav"));
        var turn = recording.Turns.First(turn => turn.Text.Contains("how much does this cost", StringComparison.Ordinal));
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(recording);
        await using var gateway = await RunningGateway.Start(
            null, "--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}", "--Transcription:Model=scripted");
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        var streaming = client.Invoke(
            "SendAudio", SpokenFrames.Of(Speaker.Customer, recording.Channels[1], turn.StartMs - 200, turn.EndMs + 800, cancellationToken));
        var settled = await client.Until<TurnSettled>(cancellationToken);
        await streaming;

        var words = client.Heard.OfType<TranscriptUpdated>().ToList();
        Assert.That(
            string.Join(' ', words.Where(heard => heard.Final).Select(heard => heard.Text)),
            Does.StartWith("We had two big customers complain last month."));
        Assert.That(words.Select(heard => heard.Speaker), Is.All.EqualTo(Speaker.Customer));
        Assert.That(words.Any(heard => !heard.Final), "Words come while the voice goes on.");
        Assert.That(words.Select(heard => heard.SegmentId), Does.Contain(settled.TurnId));
    }

    [Test]
    public async Task Without_a_transcriber_voices_are_not_passed_over_in_silence_and_what_is_typed_is_answered(
        CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var client = await HubClient.Connect(gateway);
        await client.Start();

        await client.Invoke("SendAudio", SpokenFrames.Of(Speaker.Customer, new short[16_000], 0, 300, cancellationToken));
        var told = await client.Until<StatusChanged>(cancellationToken);
        await client.Say("s1", "Honestly, that is more expensive than we expected.");

        Assert.That(told.Status.Transcription, Is.EqualTo(TranscriptionState.Unavailable));
        Assert.That((await client.Until<TurnSettled>(cancellationToken)).TurnId, Is.EqualTo("s1"));
    }

    [Test, Explicit("Measures, in the time the call took: run it alone, on a quiet machine.")]
    public async Task Words_are_asked_for_within_30_ms_of_the_end_of_speech(CancellationToken cancellationToken)
    {
        const int SpokenMs = 40_000;
        var recording = Recording.Load(SharedAudio.Find("sales-call.wav"));
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(recording);
        await using var gateway = await RunningGateway.Start(
            null, "--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}", "--Transcription:Model=scripted");
        await using var client = await HubClient.Connect(gateway);
        await client.Start();
        var (began, worker) = (new StrongBox<double>(), Environment.CpuUsage.TotalTime);

        await client.Invoke("SendAudio", SpokenFrames.Of(
            [(Speaker.Customer, recording.Channels[1]), (Speaker.Rep, recording.Channels[0])], 0, SpokenMs, cancellationToken, began));
        var used = Environment.CpuUsage.TotalTime - worker;
        await client.Invoke("EndCall");
        await client.Until<CallEnded>(cancellationToken);

        // Words are asked for when a frame has brought 120 ms of silence behind the voice. Where an interim had all of it already, nothing
        // more is asked.
        double[] delays = [.. client.Heard.OfType<TranscriptUpdated>().Where(words => words.Final).SelectMany(words => transcriber.Requests
            .Where(request => request.Channel == (int)words.Speaker && Math.Abs(request.EndsAtMs!.Value - words.EndMs - 100) < 20)
            .TakeLast(1)
            .Select(
                request => request.ReceivedMs - began.Value - (
                    Math.Ceiling((words.EndMs + 120) / (double)SpokenFrames.FrameMs) * SpokenFrames.FrameMs))).Order()];
        await TestContext.Out.WriteLineAsync(
            $"End of speech to request received, ms: {string.Join(", ", delays.Select(delay => $"{delay:0.0}"))}");
        await TestContext.Out.WriteLineAsync(
            $"Client, gateway, worker and transcriber together used {used.TotalMilliseconds * 100 / SpokenMs:0.0} % of a core for a call "
            + "of two voices");
        Assert.That(delays, Has.Length.GreaterThan(4));
        Assert.That(delays[(int)Math.Ceiling(0.95 * delays.Length) - 1], Is.LessThanOrEqualTo(30));
    }
}

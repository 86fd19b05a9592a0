using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Cli;

/// <summary>A recorded call, replayed against the real gateway with a transcriber that knows the recording.</summary>
[CancelAfter(60_000)]
public sealed class ReplayVoicesTests
{
    const int HeaderBytes = 44;
    const int BytesPerSecond = 64_000;

    readonly string folder = Directory.CreateTempSubdirectory("teleprompter-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task Both_voices_come_back_as_words_of_who_said_them_and_questions_are_answered(CancellationToken cancellationToken)
    {
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(Recording.Load(SharedAudio.Find("sales-call.wav")));
        await using var gateway = await Start(transcriber);
        var run = await CommandRun.Of(cancellationToken, "replay", FirstSeconds(25), "--url", $"{gateway.Address}", "--speed", "8");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(
            run.Output,
            Does.Contain("rep       Thanks for making the time today.")
                .And.Contain("customer  Honestly, it is mostly email and spreadsheets."));
        Assert.That(
            run.Output,
            Does.Contain("how much does this cost per seat?").And.Contain("say     ").And.Contain("progress  100 %")
                .And.Not.Contain("given up"));
        Assert.That(run.Output, Does.Match(@"[1-9] customer turns, 0 unanswered").And.Match(@"server, all of it\s+\d+\.\d"));
    }

    [Test]
    public async Task Swapped_channels_change_who_says_it_and_json_is_one_document(CancellationToken cancellationToken)
    {
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(Recording.Load(SharedAudio.Find("sales-call.wav")));
        await using var gateway = await Start(transcriber);
        var run = await CommandRun.Of(
            cancellationToken, "replay", FirstSeconds(7), "--url", $"{gateway.Address}", "--speed", "8", "--swap", "--json");

        var report = JsonNode.Parse(run.Output)!;
        Assert.That((long)report["audioDropped"]!, Is.Zero);
        Assert.That((int)report["turns"]!, Is.GreaterThan(0), "the rep's words are the customer's now");
        Assert.That(run.Error, Does.Contain("customer  Thanks for making the time today."));
    }

    [Test]
    public async Task A_gateway_without_a_transcriber_is_told_apart_before_anything_is_sent(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var run = await CommandRun.Of(cancellationToken, "replay", FirstSeconds(7), "--url", $"{gateway.Address}");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("does not transcribe. Set Transcription:Provider"));
    }

    [TestCase("--speaker is for a WAV file with one channel", "two.wav", "--speaker", "rep")]
    [TestCase("--swap is for a WAV file with two channels", "one.wav", "--swap")]
    [TestCase("--speaker and --swap are for WAV files", "call.txt", "--swap")]
    [TestCase("cannot be read", "nowhere.wav")]
    public async Task Options_that_do_not_fit_the_file_are_named(string expected, params string[] arguments)
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "call.txt"), "rep: Hello.");
        var wav = await File.ReadAllBytesAsync(FirstSeconds(1));
        await File.WriteAllBytesAsync(Path.Combine(folder, "two.wav"), wav);
        BinaryPrimitives.WriteInt16LittleEndian(wav.AsSpan(22), 1);
        await File.WriteAllBytesAsync(Path.Combine(folder, "one.wav"), wav);
        var run = await CommandRun.Of(default, ["replay", Path.Combine(folder, arguments[0]), .. arguments[1..]]);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.Error);
        Assert.That(run.Error, Does.Contain(expected));
    }

    static Task<RunningGateway> Start(ScriptedTranscriberServer transcriber) =>
        RunningGateway.Start(
            null, "--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}", "--Transcription:Model=scripted");

    /// <summary>The beginning of the recorded call.</summary>
    string FirstSeconds(int seconds)
    {
        var whole = File.ReadAllBytes(SharedAudio.Find("sales-call.wav"));
        var part = whole[..(HeaderBytes + (seconds * BytesPerSecond))];
        BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(HeaderBytes - 4), seconds * BytesPerSecond);
        var file = Path.Combine(folder, "beginning.wav");
        File.WriteAllBytes(file, part);
        return file;
    }
}

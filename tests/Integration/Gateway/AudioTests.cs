using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>What the gateway does with voices, on their way to the worker.</summary>
[CancelAfter(30_000)]
public sealed class AudioTests
{
    ToldBus told = null!;
    RunningGateway gateway = null!;
    HubClient client = null!;

    [SetUp]
    public async Task StartGateway()
    {
        told = new ToldBus();
        gateway = await RunningGateway.Start(
            services => services.AddSingleton<IMessageBus>(told), "--Gateway:AudioBurst=4", "--Gateway:AudioPerSecond=2");
        client = await HubClient.Connect(gateway);
        await client.Start();
    }

    [TearDown]
    public async Task StopGateway()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Test]
    public async Task Voices_reach_the_worker_as_they_were_sent_and_in_their_order(CancellationToken cancellationToken)
    {
        AudioFrame[] sent =
        [
            Frame(0), Frame(0, Speaker.Rep), Frame(1) with { EndOfSpeech = true },
            Frame(1, Speaker.Rep) with { Pcm = [], EndOfSpeech = true },
        ];
        await client.Invoke("SendAudio", Stream(sent));
        foreach (var frame in sent)
        {
            var heard = await told.Frames.Reader.ReadAsync(cancellationToken);
            Assert.That(heard with { Pcm = frame.Pcm }, Is.EqualTo(frame));
            Assert.That(heard.Pcm, Is.EqualTo(frame.Pcm));
        }
    }

    [Test]
    public async Task A_frame_that_is_not_valid_ends_its_stream_with_the_reason_and_nothing_else(CancellationToken cancellationToken)
    {
        // Many follow at once: what comes after the end must not hold up the connection.
        var frames = Enumerable.Range(1, 200).Select(number => Frame(number)).Prepend(Frame(0) with { Pcm = new byte[2000] });
        Assert.That(
            async () => await client.Invoke("SendAudio", Stream(frames)),
            Throws.TypeOf<HubException>().With.Message.Contains("at most 1920"));

        await client.Say("1", "The price is too high.");
        Assert.That((await client.Until<TurnSettled>(cancellationToken)).TurnId, Is.EqualTo("1"));
        await client.Invoke("SendAudio", Stream([Frame(7)]));
        Assert.That((await told.Frames.Reader.ReadAsync(cancellationToken)).Number, Is.EqualTo(7));
    }

    [Test]
    public async Task A_frame_of_the_wrong_shape_ends_its_stream_and_nothing_else(CancellationToken cancellationToken)
    {
        Assert.That(async () => await client.Invoke("SendAudio", Stream(["no frame"])), Throws.TypeOf<HubException>());
        await client.Invoke("SendAudio", Stream([Frame(7)]));
        Assert.That((await told.Frames.Reader.ReadAsync(cancellationToken)).Number, Is.EqualTo(7));
    }

    [Test]
    public async Task A_connection_streams_once_at_a_time(CancellationToken cancellationToken)
    {
        var first = Channel.CreateUnbounded<AudioFrame>();
        var streaming = client.Invoke("SendAudio", first.Reader.ReadAllAsync(cancellationToken));
        await first.Writer.WriteAsync(Frame(0), cancellationToken);
        await told.Frames.Reader.ReadAsync(cancellationToken);

        Assert.That(
            async () => await client.Invoke("SendAudio", Stream([Frame(0, Speaker.Rep)])),
            Throws.TypeOf<HubException>().With.Message.Contains("both voices in one stream"));
        await first.Writer.WriteAsync(Frame(1), cancellationToken);
        Assert.That((await told.Frames.Reader.ReadAsync(cancellationToken)).Number, Is.EqualTo(1));
        first.Writer.Complete();
#pragma warning disable VSTHRD003 // Waits for the server only.
        await streaming;
#pragma warning restore VSTHRD003
    }

    [Test]
    public async Task An_open_stream_holds_up_no_other_message(CancellationToken cancellationToken)
    {
        var voices = Channel.CreateUnbounded<AudioFrame>();
        var streaming = client.Invoke("SendAudio", voices.Reader.ReadAllAsync(cancellationToken));
        await voices.Writer.WriteAsync(Frame(0), cancellationToken);
        await client.Say("1", "The price is too high.");
        await client.Until<TurnSettled>(cancellationToken);
        voices.Writer.Complete();
#pragma warning disable VSTHRD003 // Waits for the server only.
        await streaming;
#pragma warning restore VSTHRD003
    }

    [Test]
    public async Task More_audio_than_anyone_speaks_ends_the_stream_and_may_go_on_later(CancellationToken cancellationToken)
    {
        var refused = await Assert.ThrowsAsync<HubException>(
            () => client.Invoke("SendAudio", Stream(Enumerable.Range(0, 500).Select(number => Frame(number)))));
        Assert.That(
            Refusal.Read(refused.Message), Has.Property("MayRetry").True.And.Property("Message").StartsWith("Too much audio: 2 seconds"));
        Assert.That(
            told.Frames.Reader.Count, Is.InRange(100, 300), "four seconds of audio and what comes back meanwhile, in frames of 40 ms");
        await client.Say("1", "The price is too high.");
        Assert.That((await client.Until<TurnSettled>(cancellationToken)).TurnId, Is.EqualTo("1"));
    }

    [Test]
    public async Task A_lost_frame_is_no_lost_message_since_voices_count_in_no_sequence(CancellationToken cancellationToken)
    {
        await client.Invoke("SendAudio", Stream([Frame(0), Frame(1)]));
        await client.Say("1", "The price is too high.");
        await client.Until<TurnSettled>(cancellationToken);
        await client.Invoke("SendAudio", Stream([Frame(2)]));
        await client.Invoke("SuggestNow");

        var others = told.Messages.Where(message => message.Seq > 0).Select(message => message.Seq).ToList();
        Assert.That(others, Is.EqualTo(Enumerable.Range(1, others.Count)));
        Assert.That(
            told.Messages.Where(message => message.Input is AudioHeard).Select(message => message.Seq), Is.EqualTo(new[] { 0, 0, 0 }));
    }

    [Test]
    public async Task Off_the_record_voices_go_no_further(CancellationToken cancellationToken)
    {
        await client.Invoke("Pause");
        await client.Invoke("SendAudio", Stream([Frame(0)]));
        await client.Invoke("Resume");
        await client.Invoke("SendAudio", Stream([Frame(1)]));
        Assert.That((await told.Frames.Reader.ReadAsync(cancellationToken)).Number, Is.EqualTo(1));
    }

    [TestCase("AudioBurst", "0", "1 and 300")]
    [TestCase("AudioPerSecond", "1", "2 and 100")]
    public void A_budget_that_holds_no_call_refuses_to_start_and_says_what_to_set(string setting, string value, string expected) =>
        Assert.That(
            async () => await RunningGateway.Start(null, $"--Gateway:{setting}={value}"),
            Throws.InstanceOf<Microsoft.Extensions.Options.OptionsValidationException>().With.Message.Contains($"Gateway:{setting}")
                .And.Message.Contains(expected));

    static AudioFrame Frame(long number, Speaker speaker = Speaker.Customer)
    {
        var pcm = new byte[1280];
        pcm.AsSpan().Fill((byte)number);
        return new AudioFrame(speaker, number, 40 * number, pcm);
    }

    static IAsyncEnumerable<T> Stream<T>(IEnumerable<T> frames) => frames.ToAsyncEnumerable();
}

using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>What a client promises of voices.</summary>
[CancelAfter(15_000)]
public sealed class VoiceTests
{
    const int BytesPerMs = 32;

    readonly ConcurrentQueue<string> trouble = [];
    FakeGateway gateway = null!;
    CallClient client = null!;

    [SetUp]
    public async Task Connect()
    {
        trouble.Clear();
        gateway = await FakeGateway.Start();
        client = new CallClient(new CallClientOptions(gateway.Address) { Random = () => 0, Trouble = trouble.Enqueue });
        await client.ConnectAsync();
        await gateway.Starts.Reader.ReadAsync();
    }

    [TearDown]
    public async Task Close()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [Test]
    public async Task Both_voices_come_in_their_order_each_with_numbers_of_its_own(CancellationToken cancellationToken)
    {
        client.HearVoice(Speaker.Customer, Voice(20, 1));
        client.HearVoice(Speaker.Rep, Voice(40, 2));
        client.HearVoice(Speaker.Customer, Voice(20, 3), endOfSpeech: true);
        client.HearVoice(Speaker.Rep, default, endOfSpeech: true);
        var heard = await Next(4, cancellationToken);

        Assert.That(
            heard.Select(frame => (frame.Speaker, frame.Number, frame.EndOfSpeech)),
            Is.EqualTo(new[]
            {
                (Speaker.Customer, 0L, false), (Speaker.Rep, 0L, false), (Speaker.Customer, 1L, true), (Speaker.Rep, 1L, true),
            }));
        Assert.That(heard[1].Pcm, Is.EqualTo(Voice(40, 2).ToArray()));
        Assert.That(heard[3].Pcm, Is.Empty);
    }

    [Test]
    public async Task Frames_carry_the_calls_clock_which_the_samples_keep_within_a_stretch_of_speech(CancellationToken cancellationToken)
    {
        client.HearVoice(Speaker.Customer, Voice(20, 1));
        client.HearVoice(Speaker.Customer, Voice(30, 1));
        client.HearVoice(Speaker.Customer, Voice(20, 1), endOfSpeech: true);
        client.HearVoice(Speaker.Customer, Voice(20, 1), at: TimeSpan.FromSeconds(90));
        var heard = await Next(4, cancellationToken);

        // The reply to the start says that the call is a second old.
        var first = heard[0].AtMs;
        Assert.That(first, Is.InRange(980, 980 + 15_000));
        Assert.That(heard.Select(frame => frame.AtMs - first), Is.EqualTo(new[] { 0, 20, 50, 90_000 - first }));
    }

    [Test]
    public async Task Capture_of_any_length_is_cut_into_frames_of_at_most_60_ms_and_the_last_one_ends_the_speech(
        CancellationToken cancellationToken)
    {
        client.HearVoice(Speaker.Rep, Voice(150, 1), endOfSpeech: true, TimeSpan.Zero);
        var heard = await Next(3, cancellationToken);

        Assert.That(
            heard.Select(frame => (frame.Number, frame.AtMs, frame.Pcm.Length / BytesPerMs, frame.EndOfSpeech)),
            Is.EqualTo(new[] { (0L, 0L, 60, false), (1L, 60L, 60, false), (2L, 120L, 30, true) }));
    }

    [Test]
    public async Task A_new_connection_gets_a_new_stream_whose_numbers_begin_again(CancellationToken cancellationToken)
    {
        client.HearVoice(Speaker.Customer, Voice(20, 1));
        await Next(1, cancellationToken);
        client.Hear(new TranscriptSegment("c-1", Speaker.Customer, "hang up", Final: false));
        await gateway.Starts.Reader.ReadAsync(cancellationToken);
        client.HearVoice(Speaker.Customer, Voice(20, 2));

        // What went into the broken connection is lost; what waits is not.
        var after = (await Next(1, cancellationToken)).Single();
        Assert.That((after.Number, after.Pcm[0]), Is.EqualTo((0, 2)));
    }

    [Test]
    public async Task Without_a_connection_the_newest_ten_seconds_of_both_voices_wait_and_the_rest_is_counted(
        CancellationToken cancellationToken)
    {
        var away = true;
        gateway.Reply = request =>
            away ? throw new HubException("Not yet.") : new("call", "secret", request.Resume!.LastNumber, 1000, Resumed: true);
        client.Hear(new TranscriptSegment("c-1", Speaker.Customer, "hang up", Final: false));
        await gateway.Starts.Reader.ReadAsync(cancellationToken);
        for (var frame = 0; frame < 510; frame++)
        {
            client.HearVoice(Speaker.Customer, Voice(40, frame / 2), at: TimeSpan.FromMilliseconds(40 * frame));
        }

        Assert.That(client.AudioDropped, Is.EqualTo(10));
        Volatile.Write(ref away, value: false);
        var first = (await Next(1, cancellationToken)).Single();
        Assert.That((first.Number, first.AtMs), Is.EqualTo((0, 400)));
        Assert.That((await Next(499, cancellationToken))[^1].Number, Is.EqualTo(499));
    }

    [Test]
    public async Task Off_the_record_no_voice_leaves_the_client(CancellationToken cancellationToken)
    {
        await client.Pause();
        client.HearVoice(Speaker.Customer, Voice(40, 1), endOfSpeech: true);
        Assert.That(client.AudioDropped, Is.EqualTo(1));
        await client.Resume();
        client.HearVoice(Speaker.Customer, Voice(40, 2));
        Assert.That((await Next(1, cancellationToken)).Single().Pcm[0], Is.EqualTo(2));
    }

    [Test]
    public async Task A_refusal_that_passes_opens_the_stream_again_and_numbers_go_on(CancellationToken cancellationToken)
    {
        gateway.RefusesVoices = "retry: Too much at once.";
        client.HearVoice(Speaker.Customer, Voice(40, 1));
        await Next(1, cancellationToken);
        await Until(() => !trouble.IsEmpty, cancellationToken);
        gateway.RefusesVoices = null;
        client.HearVoice(Speaker.Customer, Voice(40, 2));
        Assert.That((await Next(1, cancellationToken)).Single().Number, Is.EqualTo(1));
        Assert.That(trouble, Is.EqualTo(new[] { "Too much at once." }));
    }

    [Test]
    public async Task A_gateway_that_takes_no_voices_is_asked_once_a_connection_and_its_words_are_told(CancellationToken cancellationToken)
    {
        gateway.RefusesVoices = "Nothing is transcribed here.";
        client.HearVoice(Speaker.Customer, Voice(40, 1));
        await Next(1, cancellationToken);
        await Until(() => !trouble.IsEmpty, cancellationToken);
        client.HearVoice(Speaker.Customer, Voice(40, 2));
        await Until(() => client.AudioDropped > 0, cancellationToken);
        Assert.That(trouble, Is.EqualTo(new[] { "Nothing is transcribed here." }));

        gateway.RefusesVoices = null;
        client.Hear(new TranscriptSegment("c-1", Speaker.Customer, "hang up", Final: false));
        await gateway.Starts.Reader.ReadAsync(cancellationToken);
        await Until(() => client.Connection.Phase is ConnectionPhase.Open, cancellationToken);
        client.HearVoice(Speaker.Customer, Voice(40, 3));
        Assert.That((await Next(1, cancellationToken)).Single().Pcm[0], Is.EqualTo(3));
    }

    [TestCase(3, true)]
    [TestCase(0, false)]
    public void Half_a_sample_or_nothing_at_all_is_a_mistake_of_the_caller(int bytes, bool endOfSpeech) =>
        Assert.That(
            () => client.HearVoice(Speaker.Rep, new byte[bytes], endOfSpeech),
            Throws.ArgumentException.With.Message.Contains("16-bit samples"));

    static ReadOnlyMemory<byte> Voice(int ms, int sample)
    {
        var pcm = new byte[ms * BytesPerMs];
        pcm.AsSpan().Fill((byte)sample);
        return pcm;
    }

    static async Task Until(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    async Task<IReadOnlyList<AudioFrame>> Next(int count, CancellationToken cancellationToken)
    {
        var heard = new List<AudioFrame>();
        while (heard.Count < count)
        {
            heard.Add(await gateway.Voices.Reader.ReadAsync(cancellationToken));
        }

        return heard;
    }
}

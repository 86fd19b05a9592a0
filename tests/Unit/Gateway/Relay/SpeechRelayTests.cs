using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;

namespace Teleprompter.Tests.Unit.Gateway.Relay;

public sealed class SpeechRelayTests : ICallClient
{
    readonly SpeechRelay relay = new();
    readonly List<SpeechFrame> heard = [];

    [Test]
    public async Task Frames_come_in_their_order()
    {
        Give(Frame(0), Frame(1), Frame(2));
        Assert.That((await Heard(3)).Select(frame => frame.Number), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public async Task A_connection_that_is_too_slow_hears_the_beginning_without_a_gap_and_the_next_turn()
    {
        Give([.. Enumerable.Range(0, SpeechRelay.Capacity + 20).Select(number => Frame(number))]);
        var beginning = await Heard(SpeechRelay.Capacity);
        Assert.That(beginning.Select(frame => frame.Number), Is.EqualTo(Enumerable.Range(0, SpeechRelay.Capacity)));
        Give(Frame(SpeechRelay.Capacity + 20), Frame(SpeechRelay.Capacity + 21, SpeechEnd.Complete), Frame(0, turn: "b2"));
        Assert.That((await Heard(2)).Select(frame => (frame.SegmentId, frame.Number)), Is.EqualTo(
            new[] { ("b1", SpeechRelay.Capacity + 21), ("b2", 0) }), "the rest of a turn with a gap is not sent");
    }

    [Test]
    public async Task A_turn_that_is_broken_off_overtakes_its_own_frames()
    {
        Give(Frame(0), Frame(1), Frame(2, SpeechEnd.Stopped));
        Assert.That((await Heard(1)).Single().End, Is.EqualTo(SpeechEnd.Stopped));
    }

    [Test]
    public async Task A_former_owner_is_not_heard()
    {
        relay.Relay(new SpeechFromWorker(1, Frame(0)), epoch: 2);
        relay.Relay(new SpeechFromWorker(2, Frame(7)), epoch: 2);
        Assert.That((await Heard(1)).Single().Number, Is.EqualTo(7));
    }

    Task ICallClient.Receive(CallEvent callEvent) => Task.CompletedTask;

    Task ICallClient.ReceiveSpeech(SpeechFrame frame)
    {
        heard.Add(frame);
        return Task.CompletedTask;
    }

    void Give(params SpeechFrame[] frames) => Array.ForEach(frames, frame => relay.Relay(new SpeechFromWorker(1, frame), epoch: 1));

    /// <summary>Lets the connection read what waits.</summary>
    async Task<SpeechFrame[]> Heard(int count)
    {
        using var gone = new CancellationTokenSource();
        var sending = relay.Send(this, gone.Token);
        await gone.CancelAsync();
        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
        SpeechFrame[] frames = [.. heard];
        heard.Clear();
        Assert.That(frames, Has.Length.EqualTo(count));
        return frames;
    }

    static SpeechFrame Frame(int number, SpeechEnd? end = null, string turn = "b1") => new(turn, number, [], end);
}

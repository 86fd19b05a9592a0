using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What a rep hears of a buyer who is speaking aloud when a worker, a gateway or the connection fails.</summary>
public sealed class SpokenRehearsalFaultTests : RehearsalFaultTest
{
    const int CharactersPerSecond = 15;
    const int LongestWord = 10;

    static readonly StartCallRequest aloud = new(Rehearsal: new RehearsalRequest("ruth-vale") { Voice = true });

    /// <summary>The first sentence is heard while the model writes for six seconds more.</summary>
    static readonly ModelScript writing = new()
    {
        Numbered = true,
        Text = "Well, that is more than before. Nobody here has asked for it, so show me where the money comes from.",
        TokenPace = TimeSpan.FromMilliseconds(400),
    };

    static readonly SpeechScript fluent = new() { PerCharacter = TimeSpan.FromMilliseconds(5) };

    /// <summary>As fast as it is played, so that the server still sends what is heard next.</summary>
    static readonly SpeechScript speaking = new() { PerCharacter = TimeSpan.FromSeconds(1.0 / CharactersPerSecond), Speed = 1 };

    static ScriptedSpeechServer Speech => RehearsalFleet.Speech;

    [Test]
    public async Task A_buyer_whose_worker_is_killed_while_it_speaks_answers_anew_from_another_worker()
    {
        var (rep, broken) = await RepMidSpeech();

        var killed = Now;
        (Fleet.Model.Script, Speech.Script) = (Fast, fluent);
        await (await Fleet.OwnerOf(rep.Client))!.Kill();

        await AssertClosed(openAtMs: killed, sinceMs: killed);
        Assert.That(Open(killed).Select(stream => stream.End), Is.All.EqualTo(RequestEnd.Aborted));
        var answer = await rep.Turn(2, ended: true);
        Assert.That(answer.SegmentId, Is.Not.EqualTo(broken.SegmentId));
        await GoesOnAloud(rep);
        Assert.That(rep.Turns.Select(turn => turn.SegmentId), Has.No.Member(broken.SegmentId), "No worker knows how much of it was heard.");
    }

    [Test]
    public async Task Nothing_of_a_frozen_worker_is_heard_after_its_call_was_given_away()
    {
        var (rep, broken) = await RepMidSpeech();
        var worker = (await Fleet.OwnerOf(rep.Client))!;

        (Fleet.Model.Script, Speech.Script) = (Fast, fluent);
        worker.Freeze();
        await rep.Until(() => Task.FromResult(rep.Player.Turns[^1].SegmentId != broken.SegmentId), "another worker speaks");
        worker.Thaw();

        var answer = await rep.Turn(2, ended: true);
        Assert.That(answer.SegmentId, Is.Not.EqualTo(broken.SegmentId));
        await GoesOnAloud(rep);
    }

    [Test]
    public async Task What_was_heard_of_a_buyer_is_kept_where_the_gateway_is_killed()
    {
        var (rep, begun) = await RepMidSpeech();

        var killed = Now;
        Fleet.Model.Script = Fast;
        await Fleet.Gateways[0].Kill();

        await IsKeptAsHeard(rep, begun, killed);
        Speech.Script = fluent;
        await GoesOnAloud(rep);
    }

    [Test]
    public async Task What_was_heard_of_a_buyer_is_kept_where_the_connection_is_cut_for_a_second()
    {
        var (rep, begun) = await RepMidSpeech(Fleet.Gateways[0]);
        var door = Fleet.Gateways[0].Door;

        var cut = Now;
        Fleet.Model.Script = Fast;
        (door.Up, door.Down) = (new Toxic { Blackhole = true }, new Toxic { Blackhole = true });
        door.ResetPeer();
        await rep.Until(() => Task.FromResult(Now - cut > 1000), "a second is over");
        door.Clear();

        await IsKeptAsHeard(rep, begun, cut);
        Speech.Script = fluent;
        await GoesOnAloud(rep);
    }

    /// <summary>
    /// The turn is final with no more than what was heard of it, and nothing of it is open any more. A rep who is back before anything was
    /// lost hears all of it.
    /// </summary>
    async Task IsKeptAsHeard(RehearsingRep rep, SegmentView begun, double faultMs)
    {
        var turn = await rep.Turn(2, ended: true);
        var heard = rep.Player.Turns.Single(played => played.SegmentId == turn.SegmentId);
        Assert.That(turn.SegmentId, Is.EqualTo(begun.SegmentId));
        Assert.That(turn.Text, Does.StartWith(begun.Text[..Math.Min(begun.Text.Length, turn.Text.Length)]).And.Not.Empty);
        Assert.That(turn.Text, Has.Length.LessThan((heard.PlayedMs / 1000 * CharactersPerSecond) + LongestWord), "Only what was heard.");
        await AssertClosed(faultMs, sinceMs: Now);
    }

    /// <summary>A rep who hears the buyer speak, while both the model and the speech server send more.</summary>
    async Task<(RehearsingRep Rep, SegmentView Turn)> RepMidSpeech(params IReadOnlyList<FleetProcess> gateways)
    {
        Speech.Script = fluent;
        var rep = await Rep(aloud, gateways);
        (Fleet.Model.Script, Speech.Script) = (writing, speaking);
        rep.Say("It is forty thousand pounds in a year, with the training.");
        await rep.Until(() => Task.FromResult(rep.Player.Turns is [_, { PlayedMs: > 500 }]), "half a second of the answer is heard");
        Assert.That(BuyerStreams()[^1].End, Is.EqualTo(RequestEnd.Open));
        Assert.That(Speech.Requests[^1].EndedMs, Is.Null);
        return (rep, rep.Turns[^1]);
    }

    /// <summary>The streams that were open at a moment were closed within a second of another.</summary>
    async Task AssertClosed(double openAtMs, double sinceMs)
    {
        var asked = await Speech.Until(
            requests => requests.Where(request => request.ReceivedMs < openAtMs).All(request => request.EndedMs is not null), Patience);
        await Fleet.Model.Requests.Until(_ => Open(openAtMs).All(stream => stream.EndedMs is not null), Patience);
        var ends = asked.Where(request => request.ReceivedMs < openAtMs).Select(request => request.EndedMs)
            .Concat(Open(openAtMs).Select(stream => stream.EndedMs));
        AssertWithin(1000, ends.Max()!.Value - sinceMs, sinceMs);
    }

    IEnumerable<ModelRequest> Open(double atMs) => BuyerStreams().Where(stream => stream.ReceivedMs < atMs && !(stream.EndedMs < atMs));

    /// <summary>The buyer is heard once more, and no promise was broken in the whole rehearsal.</summary>
    async Task GoesOnAloud(RehearsingRep rep)
    {
        var last = rep.Turns[^1].SegmentId;
        await rep.Client.Until<TurnSettled>(settled => settled.TurnId == last, 0, Patience, "the turn is settled");
        await GoesOn(rep);
        var settled = rep.Client.Sightings.OfType<Saw>().Select(saw => saw.Event).OfType<TurnSettled>()
            .GroupBy(turn => turn.TurnId, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(SpeechChecker.Violations(rep.Client.Sightings), Is.Empty);
            Assert.That(settled.Where(turn => turn.Count() > 1).Select(turn => turn.Key), Is.Empty, "A turn is settled once.");
            Assert.That(rep.Player.Turns[^1].SegmentId, Is.EqualTo(rep.Turns[^1].SegmentId), "The last turn is heard.");
        });
    }
}

using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What a rep who rehearses sees when a worker, a gateway, the connection or Redis fails while the buyer speaks.</summary>
public sealed class RehearsalFaultTests : RehearsalFaultTest
{
    [Test]
    public async Task A_buyer_whose_worker_is_killed_while_it_answers_answers_again_from_another_worker()
    {
        var (rep, broken) = await RepMidTurn(SpeakingSlowly);

        Fleet.Model.Script = Speaking;
        await (await Fleet.OwnerOf(rep.Client))!.Kill();

        var answer = await rep.Turn(2, ended: true);
        Assert.That(answer.SegmentId, Is.Not.EqualTo(broken.SegmentId));
        await GoesOn(rep);
    }

    [Test]
    public async Task A_buyer_whose_worker_is_killed_while_it_cuts_in_remembers_that_it_did()
    {
        var rep = await Rep();
        Fleet.Model.Script = Speaking;
        await rep.SayUntilCutOff("This is an investment in your future");
        await rep.Turn(2, ended: false);

        await (await Fleet.OwnerOf(rep.Client))!.Kill();

        Fleet.Model.Script = Fast;
        rep.Say("This is an investment in your future, forty thousand pounds.");
        await rep.Turn(2, ended: true);
        Assert.That(rep.Screen.Rehearsal!.CutOffs.Select(cutOff => cutOff.Reason), Is.EqualTo(new[] { CutInReason.Trigger }));
        await GoesOn(rep);
    }

    [Test]
    public async Task A_buyer_goes_on_with_its_sentence_after_the_gateway_was_killed()
    {
        var (rep, begun) = await RepMidTurn(Speaking);

        await Fleet.Gateways[0].Kill();

        await IsSaidToItsEnd(rep, begun);
        await GoesOn(rep);
    }

    [Test]
    public async Task A_buyer_goes_on_with_its_sentence_after_the_connection_was_cut_and_the_rep_still_rehearses_once()
    {
        var (rep, begun) = await RepMidTurn(Speaking);

        Fleet.Gateways[0].Door.ResetPeer();

        await IsSaidToItsEnd(rep, begun);
        Assert.That(await RefusalOfAnother(Fleet.Gateways[1]), Does.Contain("another window"));
        await GoesOn(rep);
    }

    [Test]
    public async Task A_buyer_falls_silent_while_the_rep_is_away_and_answers_once_the_rep_is_back_and_speaks()
    {
        var (rep, begun) = await RepMidTurn(SpeakingSlowly, Fleet.Gateways[0]);
        var door = Fleet.Gateways[0].Door;

        (door.Up, door.Down) = (new Toxic { Blackhole = true }, new Toxic { Blackhole = true });
        door.ResetPeer();
        await Fleet.Model.Requests.Until(_ => BuyerStreams().All(stream => stream.End != RequestEnd.Open), Patience);
        door.Clear();

        var cut = await rep.Turn(2, ended: true);
        Assert.That(BuyerStreams()[^1].End, Is.EqualTo(RequestEnd.Aborted));
        Assert.That(cut.SegmentId, Is.EqualTo(begun.SegmentId));
        Assert.That(cut.Text, Does.StartWith(begun.Text));
        await GoesOn(rep);
    }

    [Test]
    public async Task A_rep_who_left_for_good_begins_a_new_rehearsal_once_the_lease_has_expired()
    {
        var (rep, _) = await RepMidTurn(Speaking);
        await rep.Client.Leave();
        var left = Now;
        Assert.That(await RefusalOfAnother(Fleet.Gateways[1]), Does.Contain("another window"));

        var again = await Rep();

        Tell("until a new rehearsal could begin", [Now - left]);
        Assert.That(again.Client.Ticket!.CallId, Is.Not.EqualTo(rep.Client.Ticket!.CallId));
        await GoesOn(again);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_rehearsal_goes_on_after_Redis_was_away_for_four_seconds(bool andForgotAll)
    {
        var (rep, _) = await RepMidTurn(Speaking);

        var away = Now;
        Fleet.Redis.Pause();
        await (andForgotAll ? Fleet.KillRedis() : Task.CompletedTask);
        await rep.Client.Until<StatusChanged>(
            changed => changed.Status.Storage == StorageState.Unavailable, away, Patience, "storage is said to be unavailable");
        rep.Say("It is forty thousand pounds in a year.");
        await rep.Until(() => Task.FromResult(Now - away > 4000), "four seconds are over");
        Fleet.Model.Script = Fast;
        await (andForgotAll ? Fleet.StartRedis() : Task.CompletedTask);
        Fleet.Redis.Continue();

        await rep.Turn(3, ended: true);
        await GoesOn(rep, storeWasAway: true);
    }

    [Test]
    public async Task A_worker_asked_to_leave_lets_the_buyer_finish_its_sentence()
    {
        var (rep, begun) = await RepMidTurn(Speaking);

        var worker = (await Fleet.OwnerOf(rep.Client))!;
        worker.Terminate();
        Assert.That(await worker.Exit(Patience), Is.Zero);

        await IsSaidToItsEnd(rep, begun);
        await GoesOn(rep);
    }

    static async Task IsSaidToItsEnd(RehearsingRep rep, SegmentView begun)
    {
        var turn = await rep.Turn(2, ended: true);
        Assert.That(turn.SegmentId, Is.EqualTo(begun.SegmentId));
        Assert.That(turn.Text, Does.StartWith(begun.Text));
        // A full machine may keep a rep away for longer than the buyer speaks to nobody.
        if (rep.LongestAway < Presence.StreamOutlivesSocketBy)
        {
            Assert.That(turn.Text, Does.EndWith("before I sign it."), () => rep.Client.Tail(200));
        }
    }
}

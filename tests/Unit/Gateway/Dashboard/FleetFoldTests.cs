using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Dashboard;

namespace Teleprompter.Tests.Unit.Gateway.Dashboard;

public sealed class FleetFoldTests
{
    static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600);
    static readonly LeadTargets Targets = new(850, null, null, null, "USD");

    [Test]
    public void The_view_does_not_depend_on_the_order_or_number_of_the_messages()
    {
        var random = new Random(7);
        List<WorkerDashboard> feeds = [];
        foreach (var worker in (string[])["a", "b", "c"])
        {
            for (var slot = 0; slot < 40; slot++)
            {
                var start = DashboardSlot.StartOf(Noon) - (slot * DashboardSlot.Seconds);
                feeds.Add(Feed(worker, Slot(start, revision: 1, 100)));
                feeds.Add(Feed(worker, Slot(start, revision: 2, 100, 200 + random.Next(2000))));
            }
        }

        FleetView Seen(IEnumerable<WorkerDashboard> told)
        {
            var fold = new FleetFold(Targets);
            told.ToList().ForEach(feed => fold.Add(feed, Noon));
            return fold.View(1, whole: true, Noon);
        }

        var inOrder = Seen(feeds);
        WorkerDashboard[] mixed = [.. feeds, .. feeds];
        random.Shuffle(mixed);
        var shuffled = Seen(mixed);

        Assert.That(
            shuffled.Windows.Select(window => (window.FirstWords, window.Answered)),
            Is.EqualTo(inOrder.Windows.Select(window => (window.FirstWords, window.Answered))));
        Assert.That(shuffled.Series, Is.EqualTo(inOrder.Series));
        Assert.That(inOrder.Windows.Single(window => window.Minutes == 5).Answered.Model, Is.EqualTo(3 * 30 * 2));
    }

    [Test]
    public void The_stages_are_the_same_to_the_last_bit_in_whatever_order_workers_tell()
    {
        List<WorkerDashboard> told = [Feed("a", Staged(0.1)), Feed("b", Staged(0.2)), Feed("c", Staged(0.3))];

        Assert.That(StagesOf(told), Is.EqualTo(StagesOf(Enumerable.Reverse(told))).And.Not.Null);

        static StageMeans? StagesOf(IEnumerable<WorkerDashboard> told)
        {
            var fold = new FleetFold(Targets);
            told.ToList().ForEach(each => fold.Add(each, Noon));
            return fold.View(1, whole: true, Noon).Windows[3].Stages;
        }

        static DashboardSlot Staged(double ms)
        {
            var slot = Slot(DashboardSlot.StartOf(Noon), revision: 1, latencies: 800);
            slot.Tally.Add(new StageMeans(ms, ms, ms, ms, ms, ms, ms, ms));
            return slot;
        }
    }

    [Test]
    public void Views_between_the_messages_change_nothing()
    {
        var random = new Random(11);
        var viewed = new FleetFold(Targets);
        var fresh = new FleetFold(Targets);
        var now = Noon;
        for (var message = 0; message < 300; message++)
        {
            now = now.AddSeconds(random.Next(4));
            var start = DashboardSlot.StartOf(now) - (random.Next(60) * DashboardSlot.Seconds);
            var feed = Feed($"w{random.Next(3)}", Slot(start, revision: message, [.. Enumerable.Repeat(100.0, random.Next(1, 9))]));
            viewed.Add(feed with { Load = null }, now);
            fresh.Add(feed with { Load = null }, now);
            viewed.View(message, whole: random.Next(2) == 0, now);
        }

        Assert.That(Numbers(viewed), Is.EqualTo(Numbers(fresh)));

        object[] Numbers(FleetFold fold) =>
            [.. fold.View(1, whole: true, now).Windows.Select(window => (window.FirstWords, window.Answered))];
    }

    [Test]
    public void A_window_covers_its_minutes_and_no_more()
    {
        var fold = new FleetFold(Targets);
        foreach (var minutesAgo in (int[])[0, 3, 10, 40, 70])
        {
            fold.Add(Feed("a", Slot(DashboardSlot.StartOf(Noon) - (minutesAgo * 60), revision: 1, 100)), Noon);
        }

        Assert.That(
            fold.View(1, whole: true, Noon).Windows.Select(window => (window.Minutes, window.Answered.Model)),
            Is.EqualTo([(1, 1), (5, 2), (15, 3), (60, 4)]));
        Assert.That(fold.View(2, whole: true, Noon.AddSeconds(60)).Windows[0].Answered.Model, Is.Zero);
    }

    [Test]
    public void What_changed_adds_up_to_the_whole()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one", "two"), Noon);
        fold.Add(Feed("a", Slot(DashboardSlot.StartOf(Noon), 1, 100)) with { Calls = [Call("one"), Call("two")] }, Noon);
        var first = fold.View(1, whole: false, Noon);
        var second = fold.View(2, whole: false, Noon);
        fold.Add(
            Feed("a", Slot(DashboardSlot.StartOf(Noon), 2, 100, 300)) with { Calls = [Call("one") with { View = Call("one").View with { Shown = 5 } }] },
            Noon);
        var third = fold.View(3, whole: false, Noon);

        Assert.That((first.Calls.Count, first.Series.Count), Is.EqualTo((2, 1)));
        Assert.That((second.Calls.Count, second.Series.Count), Is.EqualTo((0, 0)));
        Assert.That((third.Calls.Single().Shown, third.Series.Single().Answered.Model), Is.EqualTo((5, 2)));
        Assert.That(fold.View(3, whole: true, Noon).Calls, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_turn_that_still_waits_beyond_the_budget_counts_at_its_age()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one"), Noon);
        fold.Add(
            Feed("a", Slot(DashboardSlot.StartOf(Noon), 1, 100)) with { Calls = [Call("one", waitingSince: Noon.AddSeconds(-6))] }, Noon);

        Assert.That(fold.View(1, whole: true, Noon).Windows[0].FirstWords!.P99, Is.EqualTo(6000).Within(1).Percent);
    }

    [Test]
    public void A_worker_that_falls_silent_is_gone_within_two_seconds_and_its_past_stays()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one"), Noon);
        fold.Add(Feed("a", Slot(DashboardSlot.StartOf(Noon), 1, 100)) with { Calls = [Call("one")] }, Noon);

        var soon = Noon + TimeSpan.FromSeconds(1.5);
        Assert.That(fold.View(1, whole: true, soon).Workers.Single().Gone, Is.True);
        Assert.That(fold.OfGone(soon).Single().Slots, Has.Count.EqualTo(1));
        var newcomer = new FleetFold(Targets);
        newcomer.Add(fold.OfGone(soon).Single(), soon);
        Assert.That(newcomer.View(1, whole: true, soon).Workers, Is.EqualTo(fold.View(1, whole: true, soon).Workers));
        var later = fold.View(2, whole: true, Noon.AddMinutes(2));
        Assert.That((later.Workers.Count, later.Calls.Count, later.Windows[1].Answered.Model), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public void A_call_follows_its_newest_owner_and_leaves_when_its_owner_no_longer_lists_it()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one"), Noon);
        fold.Add(Heartbeat("b", "one"), Noon);
        fold.Add(Feed("b") with { Calls = [Call("one", "b", epoch: 2)] }, Noon);
        fold.Add(Feed("a") with { Calls = [Call("one", "a", epoch: 1)] }, Noon);
        Assert.That(fold.Find("one"), Has.Property("Epoch").EqualTo(2).And.Property("View").Property("WorkerId").EqualTo("b"));

        fold.Add(Heartbeat("b"), Noon.AddSeconds(1));
        Assert.That(fold.View(1, whole: false, Noon.AddSeconds(1)).Gone, Is.EqualTo(["one"]));
        Assert.That(fold.Find("one"), Is.Null);
    }

    [Test]
    public void Cards_of_all_workers_add_up_over_each_window_the_most_shown_first()
    {
        var fold = new FleetFold(Targets);
        var start = DashboardSlot.StartOf(Noon);
        fold.Add(
            Feed(
                "a",
                Slot(start, 1) with { Cards = [Card("price", shown: 2, suggested: 2, said: 1), Card("security", 3)] },
                Slot(start - 120, 1) with { Cards = [Card("price", 5, 4, 1)] }),
            Noon);
        fold.Add(Feed("b", Slot(start, 1) with { Cards = [Card("price", 2, 1, 1) with { Title = null }] }), Noon);

        var windows = fold.View(1, whole: true, Noon).Windows;
        Assert.That(windows[0].Cards, Is.EqualTo(new[] { Card("price", 4, 3, 2), Card("security", 3) }));
        Assert.That(windows[1].Cards, Is.EqualTo(new[] { Card("price", 9, 7, 3), Card("security", 3) }));
    }

    [Test]
    public void Cards_are_told_when_they_changed_fifty_of_them_at_most()
    {
        var fold = new FleetFold(Targets);
        var start = DashboardSlot.StartOf(Noon);
        fold.Add(
            Feed("a", Slot(start - 60, 1, 100) with { Cards = [.. Enumerable.Range(1, 60).Select(shown => Card($"c{shown}", shown))] }),
            Noon);
        var first = fold.View(1, whole: false, Noon);
        Assert.That(first.Windows.Select(window => window.Cards!.Count), Is.EqualTo([0, 50, 50, 50]));
        Assert.That(first.Windows[1].Cards!.Select(card => card.CardId).Take(2), Is.EqualTo(["c60", "c59"]));
        Assert.That(fold.View(2, whole: false, Noon).Windows.Select(window => window.Cards), Is.All.Null);
        Assert.That(fold.View(2, whole: true, Noon).Windows[1].Cards, Has.Count.EqualTo(50));

        fold.Add(Feed("a", Slot(start - 60, 2, 100) with { Cards = [Card("c1", 1, 1, 1)] }), Noon);
        var said = fold.View(3, whole: false, Noon);
        Assert.That(said.Windows[1].Cards, Is.EqualTo(new[] { Card("c1", 1, 1, 1) }));
        Assert.That(said.Windows[1].Answered.Model, Is.EqualTo(1));
        Assert.That(said.Series, Is.Empty, "nothing else happened in that slot");
    }

    [Test]
    public void What_was_missed_is_noticed_and_what_was_told_is_not_asked_for_again()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one"), Noon);
        Assert.That(fold.Missing(Noon), Is.EqualTo(["a"]), "nothing was told yet");

        var start = DashboardSlot.StartOf(Noon);
        fold.Add(Feed("a", Slot(start, 3, 100)) with { Calls = [Call("one")], Revisions = 5, Oldest = start - 100 }, Noon);
        Assert.That(fold.Missing(Noon), Is.EqualTo(["a"]), "a slot is missing");

        fold.Add(Feed("a", Slot(start - 10, 2, 100)) with { Revisions = 5, Oldest = start - 100 }, Noon);
        Assert.That(fold.Missing(Noon), Is.Empty);
    }

    [Test]
    public void A_worker_s_wrong_clock_is_told_and_poisons_nothing()
    {
        foreach (var behind in (TimeSpan[])[TimeSpan.FromMinutes(-12), TimeSpan.FromSeconds(30), TimeSpan.FromHours(2)])
        {
            var (fold, its) = (new FleetFold(Targets), Noon - behind);
            fold.Add(Heartbeat("a", "one"), Noon);
            fold.Add(
                Feed("a", Slot(DashboardSlot.StartOf(its), 2, 100)) with { SentAt = its, Oldest = DashboardSlot.OldestAt(its), Revisions = 2, Calls = [Call("one", waitingSince: its.AddSeconds(-2))] },
                Noon);
            var view = fold.View(1, whole: true, Noon);

            Assert.That(view.Workers.Single().ClockBehindMs, Is.EqualTo(behind.TotalMilliseconds));
            Assert.That(view.Windows.Select(window => window.Answered.Model), Is.All.EqualTo(1), "it happened now");
            Assert.That(view.Windows[0].FirstWords!.P99, Is.EqualTo(2000).Within(1).Percent, "the customer waits for two seconds, no more");
            Assert.That(fold.Missing(Noon), Is.Empty);
        }
    }

    [Test]
    public void A_clock_that_is_set_right_moves_its_past_and_counts_nothing_twice()
    {
        var (fold, start) = (new FleetFold(Targets), DashboardSlot.StartOf(Noon));
        fold.Add(Heartbeat("a"), Noon);
        fold.Add(Feed("a", Slot(start - 120, 1, 100)) with { SentAt = Noon.AddSeconds(-120), Revisions = 1, Oldest = start - 3000 }, Noon);
        fold.Add(Feed("a") with { Revisions = 1, Oldest = start - 3000 }, Noon);
        Assert.That(fold.Missing(Noon), Is.EqualTo(["a"]), "it is asked to tell its slots anew");

        fold.Add(Feed("a", Slot(start, 1, 100)) with { Revisions = 1, Oldest = start - 3000 }, Noon);
        var view = fold.View(1, whole: true, Noon);
        Assert.That((view.Workers.Single().ClockBehindMs, view.Windows[3].Answered.Model), Is.EqualTo((0, 1)));
    }

    [Test]
    public void A_message_s_way_is_no_wrong_clock()
    {
        var fold = new FleetFold(Targets);
        fold.Add(Heartbeat("a", "one"), Noon);
        fold.Add(Feed("a") with { SentAt = Noon.AddMilliseconds(-700), Calls = [Call("one", waitingSince: Noon.AddSeconds(-2))] }, Noon);

        Assert.That(fold.View(1, whole: true, Noon).Workers.Single().ClockBehindMs, Is.Zero);
    }

    static WorkerHeartbeat Heartbeat(string workerId, params string[] calls) =>
        new(workerId, "1", 0, [.. calls.Select(call => new CallBeat(call, 1, 1))], Draining: false, "v", 0);

    static WorkerDashboard Feed(string workerId, params DashboardSlot[] slots) =>
        new(workerId, Noon, slots, 0, 0, [], new WorkerLoad(ModelState.Ready, 8, 0, 0, 0));

    static DashboardSlot Slot(long start, long revision, params double[] latencies)
    {
        var tally = new DashboardTally { Answered = new TurnShares(latencies.Length, 0, 0) };
        latencies.ToList().ForEach(tally.FirstWords.Record);
        return new DashboardSlot(start, revision, tally);
    }

    static CardUse Card(string cardId, long shown, long suggested = 0, long said = 0) =>
        new(cardId, $"About {cardId}", shown, suggested, said, 0, 0, 0);

    static CallFacts Call(string callId, string workerId = "a", long epoch = 1, DateTimeOffset? waitingSince = null) =>
        new(epoch, new LiveCallView(
        callId,
        workerId,
        "Ana",
        "Ben",
        null,
        Noon.ToUnixTimeMilliseconds(),
        new CallStatus(ModelState.Ready, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both),
        Connected: true,
        LastLatencyMs: null,
        LastSource: null,
        RepTalkMs: 0,
        CustomerTalkMs: 0,
        MonologueMs: 0,
        MonologueBy: null,
        Shown: 0,
        Used: 0,
        Withdrawn: 0,
        RepHeardAtMs: null,
        CustomerHeardAtMs: null,
        waitingSince?.ToUnixTimeMilliseconds(),
        new TokenUse(0, 0, 0, 0),
        PlaybookVersion: null));
}

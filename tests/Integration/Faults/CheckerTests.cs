using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A checker that finds nothing proves nothing: each broken promise is planted once.</summary>
public sealed class CheckerTests
{
    static readonly Restored Empty = new(
        [],
        Suggestion: null,
        [],
        Card: null,
        CallBrief.Empty,
        new(ModelState.Ready, StorageState.Ready, false, false, false, Hearing.Both),
        0);

    static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("A delta left out is found", Started("s"), Delta("s", 0), Delta("s", 2));
        yield return Case("A delta shown twice is found", Started("s"), Delta("s", 0), Delta("s", 0));
        yield return Case("A delta after the end is found", Started("s"), Delta("s", 0), Withdrawn("s"), Delta("s", 1));
        yield return Case("A second end is found", Started("s"), Withdrawn("s"), Withdrawn("s"));
        yield return Case("Two open at once are found", Started("s"), Started("t"));
        yield return Case(
            "A suggestion open again after its end is found",
            Started("s"),
            Withdrawn("s"),
            Empty with { Suggestion = new("s", ["c1-0"], "words", 1, SuggestionSource.Model, null) });
        yield return Case(
            "Shown text that changes is found",
            Started("s"),
            Delta("s", 0),
            Empty with { Suggestion = new("s", ["c1-0"], "other", 1, SuggestionSource.Model, null) });
        yield return Case("A turn of another call is found", new TurnSettled("c2-0", TurnOutcome.Abstained, SettleReason.NoCard, null));
        yield return Case("A turn answered twice is found", Settled("c1-0"), Settled("c1-0"));
        yield return Case("A segment kept twice is found", Empty with { Segments = [Segment("c1-0"), Segment("c1-0")] });
    }

    [TestCaseSource(nameof(Broken))]
    public void Every_broken_promise_is_found(CallEvent[] events) => Assert.That(Judge([Empty, .. events]), Has.Count.EqualTo(1));

    [Test]
    public void A_suggestion_absent_from_a_later_snapshot_is_over() =>
        Assert.That(Judge([Empty, Started("s"), Delta("s", 0), Empty, Started("t"), Withdrawn("t")]), Is.Empty);

    [Test]
    public void A_snapshot_goes_on_where_the_text_stood() => Assert.That(
        Judge(
            [
                Empty, Started("s"), Delta("s", 0),
                Empty with { Suggestion = new("s", ["c1-0"], "0 1 2 ", 3, SuggestionSource.Model, null) }, Delta("s", 3), Withdrawn("s"),
            ]), Is.Empty);

    [Test]
    public void A_number_left_out_is_found()
    {
        var sightings = Number([Empty, Started("s"), Withdrawn("s")]).Where(sighting => sighting is not Saw { Event.Number: 2 }).ToList();
        Assert.That(Checker.Violations("c1", sightings), Has.Some.Contains("number 3 follows 1"));
    }

    [Test]
    public void A_connection_without_a_snapshot_is_found() => Assert.That(Judge([Started("s"), Withdrawn("s")]), Has.Count.EqualTo(1));

    [Test]
    public void A_call_not_found_again_is_found() => Assert.That(
        Checker.Violations(
            "c1",
            [new Opened(0, 1, new StartCallReply("call", "token", 0, 0, Resumed: false), AskedToResume: true)]), Has.Count.EqualTo(1));

    static TestCaseData Case(string sentence, params CallEvent[] events) => new TestCaseData((object)events).SetName(sentence);

    static IReadOnlyList<string> Judge(IReadOnlyList<CallEvent> events) => Checker.Violations("c1", Number(events));

    static List<Sighting> Number(IReadOnlyList<CallEvent> events) =>
        [
            new Opened(0, 1, new StartCallReply("call", "token", 0, 0, Resumed: false), AskedToResume: false),
            .. events.Select((one, at) => new Saw(0, 1, one with { Number = at + 1 })),
        ];

    static SuggestionStarted Started(string id) => new(id, ["c1-0"], SuggestionSource.Model, CardId: null);

    static SuggestionDelta Delta(string id, int index) => new(id, index, $"{index} ");

    static SuggestionWithdrawn Withdrawn(string id) => new(id, WithdrawReason.NewerTurn);

    static TurnSettled Settled(string turn) => new(turn, TurnOutcome.Suggested, SettleReason.ByModel, "s");

    static SegmentView Segment(string id) => new(id, Speaker.Customer, "words", Final: true, 0, 0);
}

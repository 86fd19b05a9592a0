using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Each promise of a rehearsal, broken once.</summary>
public sealed class RehearsalCheckerTests
{
    static readonly CutOff cutOff = new("buyer-1", CutInReason.Trigger, "You said investment.", HangsUp: false, 0);

    static readonly Restored begun = new(
        [], Suggestion: null, [], Card: null, CallBrief.Empty,
        new(ModelState.Ready, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both), 0)
    {
        Rehearsal = new(new("ruth-vale", "Ruth Vale", "", ""), TestMe: false, CutOffs: []),
    };

    static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("Words that are lost are found", Said("buyer-1", "What does it cost?"), begun);
        yield return Case("Words that change are found", Said("buyer-1", "What does it cost?"), Said("buyer-1", "What is it?"));
        yield return Case(
            "Words that change places are found", Said("buyer-1", "What does it cost?"), Said("buyer-2", "What is it?"),
            begun with { Segments = [Segment("buyer-2", "What is it?"), Segment("buyer-1", "What does it cost?")] });
        yield return Case("Two turns at once are found", Says("buyer-1"), Says("buyer-2"));
        yield return Case("Another buyer is found", begun with { Rehearsal = new(new("b", "B", "", ""), TestMe: false, CutOffs: []) });
        yield return Case("A rehearsal that became a call is found", begun with { Rehearsal = null });
        yield return Case("A cut-in that is forgotten is found", new RepCutOff(cutOff), begun);
        yield return Case("A cut-in twice for the same is found", new RepCutOff(cutOff), new RepCutOff(cutOff with { AtMs = 5000 }));
    }

    [TestCaseSource(nameof(Broken))]
    public void Every_broken_promise_is_found(CallEvent[] events) => Assert.That(Judge(events), Is.Not.Empty);

    [Test]
    public void A_turn_that_a_fault_broke_off_may_be_said_anew() =>
        Assert.That(Judge(Says("buyer-1"), begun, Says("buyer-2"), Said("buyer-2", "What does it cost?")), Is.Empty);

    static TestCaseData Case(string sentence, params CallEvent[] events) => new TestCaseData((object)events).SetName(sentence);

    static IReadOnlyList<string> Judge(params IReadOnlyList<CallEvent> events) =>
        RehearsalChecker.Violations([.. events.Prepend(begun).Select((one, at) => new Saw(0, 1, one with { Number = at + 1 }))]);

    static TranscriptUpdated Says(string id) => new(id, Speaker.Customer, "What does", Final: false, EndOfTurn: false, 0, 0);

    static TranscriptUpdated Said(string id, string text) => new(id, Speaker.Customer, text, Final: true, EndOfTurn: true, 0, 0);

    static SegmentView Segment(string id, string text) => new(id, Speaker.Customer, text, Final: true, 0, 0);
}

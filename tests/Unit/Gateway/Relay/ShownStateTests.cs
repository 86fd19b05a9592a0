using Teleprompter.Contracts;
using Teleprompter.Gateway.Relay;

namespace Teleprompter.Tests.Unit.Gateway.Relay;

public sealed class ShownStateTests
{
    static readonly Restored call = new(
        [], Suggestion: null, [], Card: null, CallBrief.Empty,
        new(ModelState.Ready, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both), 0);

    static readonly Restored rehearsal =
        call with { Rehearsal = new(new("ruth-vale", "Ruth Vale", "", "", ""), TestMe: false, CutOffs: []) };

    static readonly TranscriptUpdated words = new("b", Speaker.Customer, "What does it", Final: false, EndOfTurn: false, 0, 0);

    [Test]
    public void A_rehearsal_changes_its_owner_only_once_its_buyer_has_spoken()
    {
        Assert.That(AtBoundary(rehearsal, words), Is.False);
        Assert.That(AtBoundary(rehearsal with { Segments = [new("b", Speaker.Customer, "What does it", Final: false, 0, 0)] }), Is.False);
        Assert.That(AtBoundary(rehearsal, words, words with { Text = "What does it cost?", Final = true }));
        Assert.That(AtBoundary(rehearsal, words, rehearsal));
    }

    [Test]
    public void The_rep_of_a_rehearsal_and_the_customer_of_a_call_keep_no_owner()
    {
        Assert.That(AtBoundary(rehearsal, words with { Speaker = Speaker.Rep }));
        Assert.That(AtBoundary(call, words));
    }

    static bool AtBoundary(params IReadOnlyList<CallEvent> events)
    {
        var shown = new ShownState();
        foreach (var callEvent in events)
        {
            shown.Follow(callEvent, number: 1);
        }

        return shown.AtBoundary;
    }
}

using Teleprompter.Tests.Unit.TurnTaking;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class SampleCallCardTests
{
    [Test]
    public void The_sample_calls_bring_the_cards_they_were_written_for()
    {
        var labelled = SampleCall.All.SelectMany(call => call.Turns).Where(turn => turn.Card is not null).ToList();

        var missed = labelled
            .Select(turn => (turn.Card, turn.Text, Shown: ShippedPlaybook.Edition.Match(turn.Text)?.Card.Id))
            .Where(turn => turn.Shown != turn.Card)
            .Select(turn => $"{turn.Card}, not {turn.Shown ?? "nothing"}: {turn.Text}")
            .ToList();

        Assert.That(missed, Has.Count.LessThanOrEqualTo(labelled.Count / 4), $"of {labelled.Count}:\n{string.Join('\n', missed)}");
    }
}

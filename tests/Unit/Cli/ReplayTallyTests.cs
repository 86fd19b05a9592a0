using Teleprompter.Cli;
using Teleprompter.Cli.Replay;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Cli;

public sealed class ReplayTallyTests
{
    [Test]
    public void Turns_without_an_outcome_and_those_that_failed_or_expired_are_unanswered()
    {
        var report = Report(
            Heard("1"), Heard("2"), Heard("3"), Heard("4"), Heard("5"),
            new TurnSettled("1", TurnOutcome.Suggested, SettleReason.ByModel, "s-1"),
            new TurnSettled("2", TurnOutcome.Failed, SettleReason.ModelFailed, null),
            new TurnSettled("3", TurnOutcome.Expired, SettleReason.Held, null),
            new TurnSettled("4", TurnOutcome.Merged, SettleReason.NewerTurn, "s-1"));
        Assert.That((report.Turns, report.Unanswered, report.Coalesced, report.Held), Is.EqualTo((5, 3, 1, 1)));
    }

    [Test]
    public void A_turn_counts_once_and_only_when_the_customer_has_ended_it()
    {
        var report = Report(
            Heard("1") with { EndOfTurn = false }, Heard("1"), Heard("1"),
            Heard("2") with { Speaker = Speaker.Rep }, Heard("3") with { Final = false });
        Assert.That(report.Turns, Is.EqualTo(1));
    }

    [Test]
    public void Each_stage_has_its_percentiles()
    {
        var report = Report(
            new SuggestionCompleted("s-1", "", SuggestionSource.Model, null, null, new SuggestionLatency(1, 2, 3, 4, 5, 6, 21)),
            new SuggestionCompleted("s-2", "", SuggestionSource.Model, null, null, new SuggestionLatency(10, 2, 3, 0, 5, 6, 26)));
        Assert.That(report.Latency.Single(stage => stage.Stage == "turn").Ms, Is.EqualTo(new Percentiles(2, 1, 10, 10)));
        Assert.That(
            report.Latency.Single(stage => stage.Stage.StartsWith("server", StringComparison.Ordinal)).Ms,
            Is.EqualTo(new Percentiles(2, 21, 26, 26)));
        Assert.That(report.Held, Is.EqualTo(1));
    }

    [Test]
    public void A_suggestion_whose_stream_was_free_was_not_held()
    {
        var report = Report(
            new SuggestionCompleted("s-1", "", SuggestionSource.Model, null, null, new SuggestionLatency(1, 2, 3, 0.1, 5, 6, 17)));
        Assert.That(report.Held, Is.Zero);
    }

    [Test]
    public void A_percentile_is_the_least_value_that_so_many_do_not_pass()
    {
        Assert.That(
            Percentiles.Of(Enumerable.Range(1, 200).Select(value => (double)value).Reverse()),
            Is.EqualTo(new Percentiles(200, 100, 190, 198)));
        Assert.That(Percentiles.Of([7]), Is.EqualTo(new Percentiles(1, 7, 7, 7)));
        Assert.That(Percentiles.Of([]), Is.Null);
    }

    static ReplayReport Report(params CallEvent[] events)
    {
        var tally = new ReplayTally();
        foreach (var callEvent in events)
        {
            tally.Add(callEvent);
        }

        return tally.Report();
    }

    static TranscriptUpdated Heard(string id) => new(id, Speaker.Customer, "Hi.", Final: true, EndOfTurn: true, 0, 0);
}

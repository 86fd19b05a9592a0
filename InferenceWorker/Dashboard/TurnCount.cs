using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>How a turn counts.</summary>
public static class TurnCount
{
    /// <summary>
    /// The least that a turn counts as that nobody answered: by then its moment has passed. Refusals are quick, and a fleet that refuses everything must not look fast.
    /// </summary>
    public static readonly TimeSpan Unanswered = CallPipeline.AnswerableFor;

    /// <summary>What a turn may wait for its call's own doings without having waited for an older answer.</summary>
    public static readonly TimeSpan Waited = TimeSpan.FromMilliseconds(50);

    /// <summary>Adds a turn's outcome; an answer of the model counts its time by <see cref="AddAnswer"/>, once that is known.</summary>
    /// <param name="tally">Where to.</param>
    /// <param name="record">The turn.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="reason">Why.</param>
    public static void Add(DashboardTally tally, TurnRecord record, TurnOutcome outcome, SettleReason reason)
    {
        var before = tally.Answered;
        switch (TurnShareRule.Of(outcome, reason, record.Source))
        {
            case TurnShare.Model:
                tally.Answered = before with { Model = before.Model + 1 };
                break;
            case TurnShare.Playbook:
                tally.Answered = before with { Playbook = before.Playbook + 1 };
                break;
            case TurnShare.Nobody:
                tally.Answered = before with { Nobody = before.Nobody + 1 };
                var word = WorkerTelemetry.Word(reason);
                tally.Unanswered[word] = (tally.Unanswered.TryGetValue(word, out var count) ? count : 0) + 1;
                var age = Math.Max(record.AgeMs, Unanswered.TotalMilliseconds);
                tally.FirstWords.Record(age);
                tally.SinceOldest.Record(age);
                break;
        }

        if (reason == SettleReason.Held)
        {
            tally.Add(new LevelCounts(0, 0, 0, 0, 1));
        }
    }

    /// <summary>Adds the time of an answer of the model.</summary>
    /// <param name="tally">Where to.</param>
    /// <param name="record">The answered turn.</param>
    public static void AddAnswer(DashboardTally tally, TurnRecord record)
    {
        var (latency, network, render) = (record.Latency!, record.NetworkMs ?? 0, record.RenderMs ?? 0);
        tally.FirstWords.Record(latency.ServerMs + network + render);
        tally.SinceOldest.Record(latency.SinceOldestMs + network + render);
        tally.Add(new StageMeans(
            latency.TurnMs, latency.BusMs, latency.CoalesceMs, latency.HeldMs, latency.ContextMs, latency.FirstTokenMs, network, render));
        if (latency.CoalesceMs >= Waited.TotalMilliseconds)
        {
            tally.Add(new LevelCounts(0, 0, 1, 0, 0));
        }
    }
}

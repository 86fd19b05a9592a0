using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>How a turn counts on the dashboard.</summary>
public static class TurnCount
{
    /// <summary>
    /// The least latency that an unanswered turn counts with: by then its moment has passed. Refusals are quick, and a fleet that refuses
    /// everything must not look fast.
    /// </summary>
    public static readonly TimeSpan Unanswered = UnansweredTurn.AnswerableFor;

    /// <summary>A turn that waits no longer than this for its call has not waited for an older answer.</summary>
    public static readonly TimeSpan Waited = TimeSpan.FromMilliseconds(50);

    /// <summary>Adds a settled turn; the latency of the model's answer is added by <see cref="AddAnswer"/>, once it is known.</summary>
    /// <param name="record">The turn; without an outcome it adds nothing.</param>
    public static void Add(DashboardTally tally, TurnRecord record)
    {
        if (record is not { Outcome: { } outcome, Reason: { } reason })
        {
            return;
        }

        var before = tally.Answered;
        switch (ShareOf(outcome, reason, record.Source))
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
            tally.Levels += new LevelCounts(Expired: 1);
        }
    }

    /// <summary>Adds the latency of the model's answer.</summary>
    public static void AddAnswer(DashboardTally tally, TurnRecord record)
    {
        var (latency, network, render) = (record.Latency!, record.NetworkMs ?? 0, record.RenderMs ?? 0);
        tally.FirstWords.Record(latency.ServerMs + network + render);
        tally.SinceOldest.Record(latency.SinceOldestMs + network + render);
        tally.Add(new StageMeans(
            latency.TurnMs, latency.BusMs, latency.CoalesceMs, latency.HeldMs, latency.ContextMs, latency.FirstTokenMs, network, render));
        if (latency.CoalesceMs >= Waited.TotalMilliseconds)
        {
            tally.Levels += new LevelCounts(Waited: 1);
        }
    }

    static TurnShare ShareOf(TurnOutcome outcome, SettleReason reason, SuggestionSource? source) => (outcome, reason) switch
    {
        (TurnOutcome.Suggested or TurnOutcome.Merged, _) => source == SuggestionSource.Model ? TurnShare.Model : TurnShare.Playbook,
        (_, SettleReason.AlreadyShown) => TurnShare.Playbook,
        (_, SettleReason.NoCard or SettleReason.Held or SettleReason.Stale or SettleReason.ModelFailed) => TurnShare.Nobody,
        _ => TurnShare.NotCounted,
    };
}

using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// The customer turns that wait for an answer, or are about to: their cards are being looked up. Gives every turn exactly one outcome, and
/// counts it.
/// </summary>
public sealed class TurnLedger(ICallOutput output)
{
    readonly List<UnansweredTurn> waiting = [];
    readonly HashSet<string> settled = new(StringComparer.Ordinal);
    readonly List<string> expected = [];

    /// <summary>The turns that wait, oldest first.</summary>
    public IReadOnlyList<UnansweredTurn> Waiting => waiting;

    /// <summary>Whether a turn is expected, waits or has its outcome.</summary>
    public bool Knows(string turnId) => settled.Contains(turnId) || Expects(turnId) || waiting.Exists(turn => turn.Turn.Id == turnId);

    /// <summary>Notes turns that were settled before this worker had the call.</summary>
    public void Restore(IEnumerable<string> turnIds) => settled.UnionWith(turnIds);

    /// <summary>Whether a turn's card is being looked up, and it has no outcome yet.</summary>
    public bool Expects(string turnId) => expected.Contains(turnId, StringComparer.Ordinal);

    /// <summary>Notes a turn that shall be answered once its card is known.</summary>
    public void Expect(string turnId) => expected.Add(turnId);

    /// <summary>Adds a turn that shall be answered.</summary>
    public void Add(UnansweredTurn turn)
    {
        expected.Remove(turn.Turn.Id);
        waiting.Add(turn);
    }

    /// <summary>Settles a turn; the first outcome stands.</summary>
    /// <param name="suggestionId">The suggestion that answered it.</param>
    public void Settle(string turnId, TurnOutcome outcome, SettleReason reason, string? suggestionId = null)
    {
        expected.Remove(turnId);
        waiting.RemoveAll(turn => turn.Turn.Id == turnId);
        if (settled.Add(turnId))
        {
            output.Emit(new TurnSettled(turnId, outcome, reason, suggestionId));
            WorkerTelemetry.Turns.Add(
                1,
                new KeyValuePair<string, object?>("outcome", WorkerTelemetry.Word(outcome)),
                new KeyValuePair<string, object?>("reason", WorkerTelemetry.Word(reason)));
        }
    }

    /// <summary>Settles turns without an answer.</summary>
    public void Settle(IEnumerable<UnansweredTurn> turns, TurnOutcome outcome, SettleReason reason)
    {
        foreach (var turn in turns.ToList())
        {
            Settle(turn.Turn.Id, outcome, reason);
        }
    }

    /// <summary>Settles every turn that waits or is expected, without an answer.</summary>
    public void SettleAll(TurnOutcome outcome, SettleReason reason)
    {
        foreach (var turnId in waiting.Select(turn => turn.Turn.Id).Concat(expected).ToList())
        {
            Settle(turnId, outcome, reason);
        }
    }

    /// <summary>Settles turns that one suggestion answers: one as suggested, the others as merged into it.</summary>
    /// <param name="answered">The one that the suggestion answers first of all.</param>
    public void SettleAnswered(IReadOnlyList<UnansweredTurn> turns, UnansweredTurn answered, SettleReason by, string suggestionId)
    {
        foreach (var turn in turns.ToList())
        {
            var (outcome, reason) = turn == answered ? (TurnOutcome.Suggested, by) : (TurnOutcome.Merged, SettleReason.NewerTurn);
            Settle(turn.Turn.Id, outcome, reason, suggestionId);
        }
    }
}

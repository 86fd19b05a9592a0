using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Gives every customer turn exactly one outcome, and counts it.</summary>
/// <param name="output">Where the outcomes go.</param>
public sealed class SettledTurns(ICallOutput output)
{
    readonly HashSet<string> settled = new(StringComparer.Ordinal);

    /// <summary>Whether a turn has its outcome.</summary>
    /// <param name="turnId">The turn.</param>
    /// <returns>Whether it has.</returns>
    public bool Contains(string turnId) => settled.Contains(turnId);

    /// <summary>Notes a turn that was settled before this worker had the call.</summary>
    /// <param name="turnId">The turn.</param>
    public void Remember(string turnId) => settled.Add(turnId);

    /// <summary>Settles a turn; the first outcome stands.</summary>
    /// <param name="turnId">The turn.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="suggestionId">The suggestion that answered it.</param>
    public void Settle(string turnId, TurnOutcome outcome, SettleReason reason, string? suggestionId = null)
    {
        if (!settled.Add(turnId))
        {
            return;
        }

        output.Emit(new TurnSettled(turnId, outcome, reason, suggestionId));
        WorkerTelemetry.Turns.Add(
            1,
            new KeyValuePair<string, object?>("outcome", WorkerTelemetry.Word(outcome)),
            new KeyValuePair<string, object?>("reason", WorkerTelemetry.Word(reason)));
    }
}

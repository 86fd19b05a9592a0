using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// What a connection shows once it has handled its outbox: the status, the open suggestion, whether a rehearsal's buyer speaks, recent
/// outcomes and lines. Changed under the relay's lock, except for acknowledgements.
/// </summary>
public sealed class ShownState
{
    /// <summary>Lines of team leads whose receipts are awaited; beyond that the oldest gets none.</summary>
    const int LinesAwaited = 20;

    /// <summary>A new owner answers no more than the last turn of each speaker again.</summary>
    const int SettledKept = 4;

    readonly Lock sync = new();
    readonly Queue<(long Number, string NudgeId)> lines = [];
    readonly Queue<string> settled = new(SettledKept);
    CallStatus? status;
    bool storageAway;
    bool rehearses;
    bool buyerSpeaks;

    public string? OpenSuggestionId { get; private set; }

    /// <summary>No suggestion is open or on its way, and no buyer speaks: a change of owner disturbs nobody.</summary>
    public bool AtBoundary => OpenSuggestionId is null && status?.Thinking is not true && !buyerSpeaks;

    /// <summary>The last turns whose outcome was shown, oldest first; null when there is none yet.</summary>
    public IReadOnlyList<string>? SettledTurns
    {
        get
        {
            lock (sync)
            {
                return settled.Count == 0 ? null : [.. settled];
            }
        }
    }

    /// <summary>Sets whether this gateway can reach the storage: while it cannot, the owner's status may not arrive either.</summary>
    /// <returns>The change to send; null when there is none.</returns>
    public StatusChanged? SetStorage(bool away)
    {
        var changed = storageAway != away;
        storageAway = away;
        return changed && status is not null ? new StatusChanged(status) : null;
    }

    /// <summary>The event as it is sent: its status says whether this gateway can reach the storage.</summary>
    public CallEvent Adapt(CallEvent callEvent) => callEvent switch
    {
        StatusChanged changed => changed with { Status = Adapt(changed.Status) },
        Restored restored => restored with { Status = Adapt(restored.Status) },
        _ => callEvent,
    };

    /// <summary>Follows an event that was added to the outbox.</summary>
    public void Follow(CallEvent callEvent, long number)
    {
        switch (callEvent)
        {
            case Restored restored:
                OpenSuggestionId = restored.Suggestion?.SuggestionId;
                rehearses = restored.Rehearsal is not null;
                buyerSpeaks = rehearses && restored.Segments.Any(segment => segment is { Speaker: Speaker.Customer, Final: false });
                break;
            case TranscriptUpdated { Speaker: Speaker.Customer } heard when rehearses:
                buyerSpeaks = !heard.Final;
                break;
            case SuggestionStarted started:
                OpenSuggestionId = started.SuggestionId;
                break;
            case SuggestionCompleted or SuggestionWithdrawn:
                OpenSuggestionId = null;
                break;
            case Nudged line:
                Enqueue(lines, (number, line.NudgeId), LinesAwaited);
                break;
            case TurnSettled turn:
                Enqueue(settled, turn.TurnId, SettledKept);
                break;
        }
    }

    /// <summary>Follows the client's acknowledgement.</summary>
    /// <param name="upTo">The number of the last event it handled.</param>
    /// <returns>The lines of team leads that it had not acknowledged before.</returns>
    public IReadOnlyList<string> Acknowledge(long upTo)
    {
        var acknowledged = new List<string>();
        lock (sync)
        {
            while (lines.TryPeek(out var line) && line.Number <= upTo)
            {
                acknowledged.Add(lines.Dequeue().NudgeId);
            }
        }

        return acknowledged;
    }

    CallStatus Adapt(CallStatus told)
    {
        status = told;
        return storageAway ? told with { Storage = StorageState.Unavailable } : told;
    }

    void Enqueue<T>(Queue<T> queue, T item, int capacity)
    {
        lock (sync)
        {
            queue.Enqueue(item);
            if (queue.Count > capacity)
            {
                queue.Dequeue();
            }
        }
    }
}

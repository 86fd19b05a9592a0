using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// The status as a connection sees it: what its owner last said, except that storage is called unavailable while this gateway cannot reach it, since then
/// the owner's word does not come through either.
/// </summary>
public sealed class ShownStatus
{
    CallStatus? said;
    bool storageAway;

    /// <summary>An answer is being thought about.</summary>
    public bool Thinking => said?.Thinking ?? false;

    /// <summary>Sets whether storage can be reached.</summary>
    /// <param name="away">It cannot.</param>
    /// <returns>The change to tell the client; null when there is none.</returns>
    public StatusChanged? SetStorage(bool away)
    {
        var changed = storageAway != away;
        storageAway = away;
        return changed && said is not null ? new StatusChanged(said) : null;
    }

    /// <summary>Sees an event on its way to the connection.</summary>
    /// <param name="callEvent">The event.</param>
    /// <returns>The event as it is shown.</returns>
    public CallEvent Show(CallEvent callEvent) => callEvent switch
    {
        StatusChanged changed => changed with { Status = Shown(changed.Status) },
        Restored restored => restored with { Status = Shown(restored.Status) },
        _ => callEvent,
    };

    CallStatus Shown(CallStatus status)
    {
        said = status;
        return storageAway ? status with { Storage = StorageState.Unavailable } : status;
    }
}

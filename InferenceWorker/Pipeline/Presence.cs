using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>Whether somebody reads this call, and since when nobody does.</summary>
public sealed class Presence
{
    /// <summary>How long an open suggestion goes on with nobody reading: a stream nobody reads still costs money.</summary>
    public static readonly TimeSpan StreamOutlivesSocketBy = TimeSpan.FromSeconds(2.5);

    /// <summary>How long a call is kept in memory with nobody reading.</summary>
    public static readonly TimeSpan CallOutlivesSocketBy = TimeSpan.FromMinutes(2);

    TimeSpan? awaySince;
    bool streamEnded;

    /// <summary>The connection that holds the call; null before the first.</summary>
    public string? ConnectionId { get; private set; }

    /// <summary>When that connection was attempted, as in <see cref="ClientAttached"/>.</summary>
    public long Since { get; private set; }

    /// <summary>Nobody reads.</summary>
    public bool Away => ConnectionId is null || awaySince is not null;

    /// <summary>When <see cref="Elapse"/> has something to say; null while somebody reads.</summary>
    public TimeSpan? Due => awaySince + (streamEnded ? CallOutlivesSocketBy : StreamOutlivesSocketBy);

    /// <summary>
    /// A connection took the call. One older than the call's is passed over while that one is there: the newest wins, however late an older
    /// one is heard of. One that went away holds nothing, whatever its client's clock said.
    /// </summary>
    public void Attach(ClientAttached attached)
    {
        if (attached.Since < Since && attached.ConnectionId != ConnectionId && awaySince is null)
        {
            return;
        }

        (ConnectionId, Since) = (attached.ConnectionId, attached.Since);
        awaySince = null;
        streamEnded = false;
    }

    /// <summary>A connection went away.</summary>
    /// <param name="detached">The connection, ignored when it does not hold the call, and how long it has been away.</param>
    /// <param name="now">The call's clock.</param>
    public void Detach(ClientDetached detached, TimeSpan now)
    {
        if (detached.ConnectionId == ConnectionId)
        {
            awaySince ??= now - TimeSpan.FromMilliseconds(detached.AwayForMs);
        }
    }

    /// <summary>Says what an absence has come to.</summary>
    /// <param name="now">The call's clock.</param>
    /// <returns>What to do now; each step is said once.</returns>
    public AbsenceStep Elapse(TimeSpan now)
    {
        if (!(Due <= now))
        {
            return AbsenceStep.None;
        }

        if (streamEnded)
        {
            awaySince = null;
            ConnectionId = null;
            return AbsenceStep.Abandon;
        }

        streamEnded = true;
        return AbsenceStep.EndStream;
    }
}

namespace Teleprompter.Bus;

/// <summary>
/// Notices that the last messages before a silence were lost: no later message shows the gap, but the sender's heartbeat does. A heartbeat may overtake the
/// messages it tells of, so what it announces counts as lost only when it has not come by the next look.
/// </summary>
public sealed class TailWatch
{
    long announced;

    /// <summary>Compares what was sent with what came.</summary>
    /// <param name="sent">The last sequence number that was sent.</param>
    /// <param name="received">The last that came.</param>
    /// <returns>Whether something announced at the last look is still missing.</returns>
    public bool Misses(long sent, long received)
    {
        var misses = announced > received;
        announced = sent;
        return misses;
    }

    /// <summary>Starts anew: the sender counts from 1 again.</summary>
    public void Reset() => announced = 0;
}

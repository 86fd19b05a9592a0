using Teleprompter.Bus;
using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The live calls of all workers, each as its newest owner tells it. Not thread-safe.</summary>
public sealed class DashboardCalls
{
    readonly Dictionary<string, (CallFacts Facts, DateTimeOffset At)> calls = new(StringComparer.Ordinal);
    readonly HashSet<string> changed = new(StringComparer.Ordinal);
    readonly HashSet<string> gone = new(StringComparer.Ordinal);

    /// <summary>Whether a call is known.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>Whether it is.</returns>
    public bool Knows(string callId) => calls.ContainsKey(callId);

    /// <summary>Who owns a live call.</summary>
    /// <param name="callId">The call.</param>
    /// <returns>The owner; null when nobody tells of such a call.</returns>
    public CallOwnership? OwnerOf(string callId) =>
        calls.TryGetValue(callId, out var known) ? new CallOwnership(known.Facts.View.WorkerId, known.Facts.Epoch) : null;

    /// <summary>Takes what a worker tells of its calls; an older owner's word changes nothing.</summary>
    /// <param name="told">It.</param>
    /// <param name="now">The time.</param>
    public void Hear(IReadOnlyList<CallFacts> told, DateTimeOffset now)
    {
        foreach (var facts in told)
        {
            var callId = facts.View.CallId;
            if (!calls.TryGetValue(callId, out var known) || known.Facts.Epoch <= facts.Epoch)
            {
                calls[callId] = (facts, now);
                gone.Remove(callId);
                if (known.Facts != facts)
                {
                    changed.Add(callId);
                }
            }
        }
    }

    /// <summary>Forgets calls that are over.</summary>
    /// <param name="isOver">Whether a call is, by its facts and by when they were told.</param>
    public void Prune(Func<CallFacts, DateTimeOffset, bool> isOver)
    {
        foreach (var callId in calls.Where(call => isOver(call.Value.Facts, call.Value.At)).Select(call => call.Key).ToList())
        {
            calls.Remove(callId);
            changed.Remove(callId);
            gone.Add(callId);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        calls.Clear();
        Told();
    }

    /// <summary>The calls.</summary>
    /// <param name="all">All; else only those that changed since <see cref="Told"/>.</param>
    /// <returns>The calls.</returns>
    public IReadOnlyList<LiveCallView> Views(bool all) =>
        [.. calls.Where(call => all || changed.Contains(call.Key)).Select(call => call.Value.Facts.View)];

    /// <summary>Calls that are over since <see cref="Told"/>.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<string> Gone() => [.. gone];

    /// <summary>What changed until now was told.</summary>
    public void Told()
    {
        changed.Clear();
        gone.Clear();
    }

    /// <summary>How long turns wait that have no first words yet.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Their ages, in milliseconds.</returns>
    public IEnumerable<double> WaitingMs(DateTimeOffset now) =>
        calls.Values.Select(call => call.Facts.View.WaitingSinceMs).OfType<long>().Select(since => (double)(now.ToUnixTimeMilliseconds() - since));
}

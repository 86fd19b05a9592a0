using Teleprompter.Bus.Dashboard;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>The live calls of all workers, each as its newest owner tells it. Not thread-safe.</summary>
public sealed class DashboardCalls
{
    readonly Dictionary<string, (CallFacts Facts, DateTimeOffset At)> calls = new(StringComparer.Ordinal);
    readonly HashSet<string> changed = new(StringComparer.Ordinal);
    readonly HashSet<string> gone = new(StringComparer.Ordinal);

    public bool Contains(string callId) => calls.ContainsKey(callId);

    /// <summary>A live call; null when nobody tells of it.</summary>
    public CallFacts? Find(string callId) => calls.TryGetValue(callId, out var known) ? known.Facts : null;

    /// <summary>Adds what a worker tells of its calls; what an older owner tells changes nothing.</summary>
    public void Add(IReadOnlyList<CallFacts> told, DateTimeOffset now)
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

    /// <summary>Removes the calls that are over, by their facts and by when they were told.</summary>
    public void Prune(Func<CallFacts, DateTimeOffset, bool> isOver)
    {
        foreach (var callId in calls.Where(call => isOver(call.Value.Facts, call.Value.At)).Select(call => call.Key).ToList())
        {
            calls.Remove(callId);
            changed.Remove(callId);
            gone.Add(callId);
        }
    }

    public void Clear()
    {
        calls.Clear();
        MarkSent();
    }

    /// <summary>The calls; without <paramref name="all"/> only those that changed since <see cref="MarkSent"/>.</summary>
    public IReadOnlyList<LiveCallView> Views(bool all) =>
        [.. calls.Where(call => all || changed.Contains(call.Key)).Select(call => call.Value.Facts.View)];

    /// <summary>The ids of the calls that are over since <see cref="MarkSent"/>.</summary>
    public IReadOnlyList<string> Gone() => [.. gone];

    /// <summary>What changed until now was sent to the viewers.</summary>
    public void MarkSent()
    {
        changed.Clear();
        gone.Clear();
    }

    /// <summary>The ages of turns that have no first words yet, in milliseconds.</summary>
    public IEnumerable<double> WaitingMs(DateTimeOffset now) =>
        calls.Values.Select(call => call.Facts.View.WaitingSinceMs).OfType<long>()
            .Select(since => (double)(now.ToUnixTimeMilliseconds() - since));
}

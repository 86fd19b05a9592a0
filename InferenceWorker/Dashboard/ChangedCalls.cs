using Teleprompter.Bus.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>Knows which calls were not published as they are now, or not for a while.</summary>
sealed class ChangedCalls(TimeProvider time)
{
    static readonly TimeSpan publishedAgainAfter = TimeSpan.FromSeconds(5);

    readonly Dictionary<CallObserver, (long Revision, long At)> published = [];

    /// <summary>Nobody watches: whoever does next gets every call.</summary>
    public void Clear() => published.Clear();

    /// <summary>The calls to publish now, which count as published.</summary>
    /// <param name="whole">All of them, whether they have changed or not.</param>
    public List<CallFacts> Of(IEnumerable<CallObserver> calls, bool whole)
    {
        var (changed, live, now) = (new List<CallFacts>(), calls.ToHashSet(), time.GetTimestamp());
        foreach (var call in live)
        {
            var revision = call.Revision;
            if (whole || !published.TryGetValue(call, out var last) || last.Revision != revision
                || time.GetElapsedTime(last.At, now) >= publishedAgainAfter)
            {
                published[call] = (revision, now);
                changed.Add(call.Facts);
            }
        }

        foreach (var ended in published.Keys.Where(call => !live.Contains(call)).ToList())
        {
            published.Remove(ended);
        }

        return changed;
    }
}

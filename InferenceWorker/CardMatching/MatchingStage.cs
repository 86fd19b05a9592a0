using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>
/// Compares what customers say with the cards, beside the calls' loops and on half of the processors: first the ended turns of live calls,
/// then the rest of theirs, then rehearsals, each in the order in which they asked. A call holds one place in the line, and leaves it for a
/// better one when a turn ends.
/// </summary>
/// <param name="playbook">The cards in force; asked anew for each text, so an edit counts from the next one.</param>
/// <param name="time">The clock.</param>
public sealed class MatchingStage(Func<PlaybookEdition> playbook, TimeProvider time) : BackgroundService
{
    readonly Channel<Place> waiting = Channel.CreateUnboundedPrioritized<Place>(new()
    {
        Comparer = Comparer<Place>.Create((one, other) => (one.Urgency, one.Number).CompareTo((other.Urgency, other.Number))),
    });

    long number;

    /// <summary>The cards in force.</summary>
    public PlaybookEdition Playbook => playbook();

    /// <summary>By what <see cref="CallMatching.Patience"/> is measured.</summary>
    internal TimeProvider Time => time;

    /// <summary>Has a call's next text matched in its turn.</summary>
    /// <returns>The number of its place in the line.</returns>
    internal long Enqueue(CallMatching call, MatchUrgency urgency)
    {
        var place = new Place(urgency, Interlocked.Increment(ref number), call);
        waiting.Writer.TryWrite(place);
        return place.Number;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(_ => Task.Run(() => Match(stoppingToken), stoppingToken)));

    async Task Match(CancellationToken cancellationToken)
    {
        await foreach (var place in waiting.Reader.ReadAllAsync(cancellationToken))
        {
            if (place.Call.Holds(place.Number))
            {
                place.Call.MatchNext();
            }
        }
    }

    readonly record struct Place(MatchUrgency Urgency, long Number, CallMatching Call);
}

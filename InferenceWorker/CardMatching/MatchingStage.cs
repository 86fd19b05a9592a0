using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>
/// Compares what customers say with the cards, beside the calls' loops and on half of the processors: first the ended turns of live calls,
/// then the rest of theirs, then rehearsals, each in the order in which they asked. A call stands in the line once, and once more when a
/// turn ends while its other texts wait.
/// </summary>
/// <param name="playbook">The cards in force; asked anew for each text, so an edit counts from the next one.</param>
public sealed class MatchingStage(Func<PlaybookEdition> playbook) : BackgroundService
{
    readonly Channel<Place> waiting = Channel.CreateUnboundedPrioritized<Place>(new()
    {
        Comparer = Comparer<Place>.Create((one, other) => (one.Urgency, one.Number).CompareTo((other.Urgency, other.Number))),
    });

    long number;

    /// <summary>The cards in force.</summary>
    public PlaybookEdition Playbook => playbook();

    /// <summary>Has a call's next text matched in its turn.</summary>
    internal void Enqueue(CallMatching call, MatchUrgency urgency) =>
        waiting.Writer.TryWrite(new Place(urgency, Interlocked.Increment(ref number), call));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(_ => Task.Run(() => Match(stoppingToken), stoppingToken)));

    async Task Match(CancellationToken cancellationToken)
    {
        await foreach (var place in waiting.Reader.ReadAllAsync(cancellationToken))
        {
            place.Call.MatchNext();
        }
    }

    readonly record struct Place(MatchUrgency Urgency, long Number, CallMatching Call);
}

using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>
/// Compares what customers say with the cards, beside the calls' loops and on half of the processors: live calls before rehearsals, else in
/// the order in which they asked. A call stands in the line once, so the line is never longer than there are calls.
/// </summary>
/// <param name="playbook">The cards in force; asked anew for each text, so an edit counts from the next one.</param>
public sealed class MatchingStage(Func<PlaybookEdition> playbook) : BackgroundService
{
    readonly Channel<Place> waiting = Channel.CreateUnboundedPrioritized<Place>(new()
    {
        Comparer = Comparer<Place>.Create((one, other) => (one.Last, one.Number).CompareTo((other.Last, other.Number))),
    });

    long number;

    /// <summary>The cards in force.</summary>
    public PlaybookEdition Playbook => playbook();

    /// <summary>Has a call's next text matched in its turn.</summary>
    internal void Enqueue(CallMatching call) =>
        waiting.Writer.TryWrite(new Place(call.Rehearses, Interlocked.Increment(ref number), call));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(_ => Task.Run(() => Match(stoppingToken), stoppingToken)));

    async Task Match(CancellationToken cancellationToken)
    {
        await foreach (var place in waiting.Reader.ReadAllAsync(cancellationToken))
        {
            place.Call.MatchNext();
        }
    }

    readonly record struct Place(bool Last, long Number, CallMatching Call);
}

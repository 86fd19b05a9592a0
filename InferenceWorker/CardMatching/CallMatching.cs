using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>
/// The texts of one call that wait for their card. Whole turns are matched in their order; of an unfinished one only the newest words
/// count, and the whole turn replaces them. Thread-safe.
/// </summary>
/// <param name="post">Receives a <see cref="CardMatched"/> for each request that was not replaced.</param>
public sealed class CallMatching(MatchingStage stage, Func<CallInput, bool> post)
{
    /// <summary>Whole turns that wait at most; the oldest one beyond goes on without a card.</summary>
    public const int MostTurns = 16;

    readonly Lock editing = new();
    readonly Queue<MatchRequest> turns = new();
    readonly PassageVectors recent = new();
    MatchRequest? partial;
    bool enqueued;

    /// <summary>Has a text matched. Words alone take no time: their match is posted before this returns.</summary>
    public void Ask(MatchRequest request)
    {
        if (stage.Playbook is { ByWords: true } playbook)
        {
            Answer(request, playbook);
            return;
        }

        MatchRequest? tooMany;
        lock (editing)
        {
            if (partial is not null)
            {
                WorkerTelemetry.DropMatch("newerWords");
            }

            partial = request.Whole ? null : request;
            if (request.Whole)
            {
                turns.Enqueue(request);
            }

            tooMany = turns.Count > MostTurns ? turns.Dequeue() : null;
            if (!enqueued)
            {
                enqueued = true;
                stage.Enqueue(this);
            }
        }

        if (tooMany is not null)
        {
            WorkerTelemetry.DropMatch("tooMany");
            post(new CardMatched(tooMany, Best: null, stage.Playbook.Version));
        }
    }

    /// <summary>Matches the text that has waited longest; called by one at a time.</summary>
    internal void MatchNext()
    {
        MatchRequest? next;
        lock (editing)
        {
            if (!turns.TryDequeue(out next))
            {
                (next, partial) = (partial, null);
            }
        }

        if (next is not null)
        {
            Answer(next, stage.Playbook);
        }

        lock (editing)
        {
            enqueued = turns.Count > 0 || partial is not null;
            if (enqueued)
            {
                stage.Enqueue(this);
            }
        }
    }

    void Answer(MatchRequest request, PlaybookEdition playbook)
    {
        var started = Stopwatch.GetTimestamp();
        var best = playbook.Best(request.Text, recent);
        WorkerTelemetry.Match(Stopwatch.GetElapsedTime(started), request.Whole);
        post(new CardMatched(request, best, playbook.Version));
    }
}

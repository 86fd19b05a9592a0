using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>
/// The texts of one call that wait to be compared. Whole turns are compared in their order, before anything else; of all other kinds only
/// the newest counts, and a whole turn replaces the words before its end. Where more is said than can be compared, whole turns are compared
/// by words alone: the line does not grow. Thread-safe.
/// </summary>
/// <param name="post">Receives what each comparison came to, unless it was replaced.</param>
public sealed class CallMatching(MatchingStage stage, Func<CallInput, bool> post)
{
    /// <summary>Whole turns that wait at most; the oldest one beyond goes on without a card.</summary>
    public const int MostTurns = 16;

    /// <summary>
    /// The longest time that a whole turn waits to be compared by meaning: 25 ms, a few comparisons. The answer waits as long.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);

    readonly Lock editing = new();
    readonly Queue<(MatchRequest Turn, long Since)> turns = new();
    readonly SortedList<ComparisonKind, Comparison> newest = [];
    readonly PassageVectors recent = new();
    (MatchUrgency Urgency, long Number)? place;
    bool comparing;

    /// <summary>The call is a rehearsal: live calls go first.</summary>
    public bool Rehearses { get; init; }

    /// <summary>Has texts compared. Words alone take no time: what they come to is posted before this returns.</summary>
    public void Ask(Comparison comparison)
    {
        if (stage.Playbook is { ByWords: true } playbook)
        {
            Answer(comparison, playbook);
            return;
        }

        MatchRequest? tooMany;
        lock (editing)
        {
            if (comparison is MatchRequest && newest.Remove(ComparisonKind.UnfinishedTurn))
            {
                WorkerTelemetry.DropMatch("newerWords");
            }

            if (comparison is MatchRequest { Whole: true } turn)
            {
                turns.Enqueue((turn, stage.Time.GetTimestamp()));
            }
            else
            {
                newest[comparison.Kind] = comparison;
            }

            tooMany = turns.Count > MostTurns ? turns.Dequeue().Turn : null;
            Enqueue();
        }

        if (tooMany is not null)
        {
            WorkerTelemetry.DropMatch("tooMany");
            post(new CardMatched(tooMany, Best: null, stage.Playbook.Version));
        }
    }

    /// <summary>Whether a place in the line is the call's: one that it left for a better one comes to nothing.</summary>
    internal bool Holds(long number)
    {
        lock (editing)
        {
            return place?.Number == number;
        }
    }

    /// <summary>Compares the texts that come first, unless others of this call are being compared.</summary>
    internal void MatchNext()
    {
        Comparison? next = null;
        var late = false;
        lock (editing)
        {
            place = null;
            if (comparing)
            {
                return;
            }

            if (turns.TryDequeue(out var waited))
            {
                (next, late) = (waited.Turn, stage.Time.GetElapsedTime(waited.Since) > Patience);
            }
            else if (newest.Count > 0)
            {
                next = newest.GetValueAtIndex(0);
                newest.RemoveAt(0);
            }

            comparing = next is not null;
        }

        if (late)
        {
            WorkerTelemetry.DropMatch("late");
        }

        if (next is not null)
        {
            Answer(next, late ? stage.Playbook.WordsAlone : stage.Playbook);
        }

        lock (editing)
        {
            comparing = false;
            Enqueue();
        }
    }

    /// <summary>Takes a place in the line where there is something to compare, or a better one than it has.</summary>
    void Enqueue()
    {
        var urgency = (Rehearses, turns.Count > 0) switch
        {
            (false, true) => MatchUrgency.Turn,
            (false, false) => MatchUrgency.Other,
            (true, _) => MatchUrgency.Rehearsal,
        };
        if (!comparing && turns.Count + newest.Count > 0 && !(place?.Urgency <= urgency))
        {
            place = (urgency, stage.Enqueue(this, urgency));
        }
    }

    void Answer(Comparison comparison, PlaybookEdition playbook)
    {
        // Words alone are compared on several threads at once, and need no vectors.
        if (comparison.Answer(playbook, playbook.ByWords ? new PassageVectors() : recent) is { } input)
        {
            post(input);
        }
    }
}

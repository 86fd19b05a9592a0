using System.Text.Json;
using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>All that the store should have of a call, in the owner's memory: what a store that lost its data is mended with.</summary>
/// <param name="stored">The call as it was read.</param>
public sealed class CallJournal(StoredCall stored)
{
    readonly List<CallInput> entries = [.. stored.Entries];
    readonly List<CallInput> unkept = [];

    /// <summary>The call as it should be kept.</summary>
    public StoredCall Call => stored with { Entries = [.. entries] };

    /// <summary>How many final segments it knows.</summary>
    public int Finals => FinalsOf(entries);

    /// <summary>How many final segments there are.</summary>
    /// <param name="entries">What is kept of a call.</param>
    /// <returns>How many; one that was kept twice counts once.</returns>
    public static int FinalsOf(IEnumerable<CallInput> entries) =>
        entries.OfType<SegmentHeard>().DistinctBy(heard => (heard.Segment.Speaker, heard.Segment.SegmentId)).Count();

    /// <summary>Notes what happened, if it is of the kind that is kept.</summary>
    /// <param name="input">What happened.</param>
    public void Note(CallInput input)
    {
        if (input is SegmentHeard { Segment.Final: true } or BriefChanged or FeedbackGiven or PauseSet or SpeakersSwapped or CallClosed or SuggestionFinished or CardCameUp or SayingHeard or SummaryMade)
        {
            entries.Add(input);
        }
    }

    /// <summary>What this worker knows and the store does not have, or not yet: it may be on its way there. A brief is not among it, since for briefs the order counts.</summary>
    /// <param name="found">The call as it was read again.</param>
    /// <returns>The entries.</returns>
    public IReadOnlyList<CallInput> MissingFrom(StoredCall found) => Missing(entries.Where(entry => entry is not (BriefChanged or CallClosed)), found);

    /// <summary>What the store does not have.</summary>
    /// <param name="known">The entries in question.</param>
    /// <param name="found">The call as it was read.</param>
    /// <returns>Those of them.</returns>
    public static IReadOnlyList<CallInput> Missing(IEnumerable<CallInput> known, StoredCall found)
    {
        var kept = found.Entries.Select(Written).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(entry => !kept.Contains(Written(entry)))];
    }

    static string Written(CallInput entry) => JsonSerializer.Serialize(entry, BusJson.Default.CallInput);

    /// <summary>Notes an entry that the store was not there to take.</summary>
    /// <param name="entry">The entry.</param>
    public void NoteUnkept(CallInput entry) => unkept.Add(entry);

    /// <summary>Takes out what the store still has to be given.</summary>
    /// <returns>The entries.</returns>
    public IReadOnlyList<CallInput> TakeUnkept()
    {
        CallInput[] taken = [.. unkept];
        unkept.Clear();
        return taken;
    }
}

using System.Text.Json;
using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>What the store should have of a call, in the owner's memory: a store that lost its data is restored from it.</summary>
/// <param name="stored">The call as it was read.</param>
public sealed class CallJournal(StoredCall stored)
{
    readonly List<CallInput> entries = [.. stored.Entries];
    readonly List<CallInput> unkept = [];

    /// <summary>The call as the store should have it.</summary>
    public StoredCall Call => stored with { Entries = [.. entries] };

    /// <summary>How many final segments there are.</summary>
    public int Finals => FinalsOf(entries);

    /// <summary>How many final segments there are.</summary>
    /// <param name="entries">The entries of a call; a segment that was kept twice counts once.</param>
    public static int FinalsOf(IEnumerable<CallInput> entries) =>
        entries.OfType<SegmentHeard>().DistinctBy(heard => (heard.Segment.Speaker, heard.Segment.SegmentId)).Count();

    /// <summary>Notes an input, if it is of a kind that is kept.</summary>
    public void Note(CallInput input)
    {
        if (input is SegmentHeard { Segment.Final: true } or BriefChanged or FeedbackGiven or PauseSet or SpeakersSwapped or ConsentGiven
            or CallClosed or SuggestionFinished or CardCameUp or SayingHeard or SummaryMade or RehearsalBegan or BuyerCutIn)
        {
            entries.Add(input is SegmentHeard heard ? heard.Kept() : input);
        }
    }

    /// <summary>
    /// The entries that this worker knows and the store does not have, or not yet: they may be on their way there. Briefs are left out,
    /// since for briefs the order counts.
    /// </summary>
    /// <param name="found">The call as it was read again.</param>
    public IReadOnlyList<CallInput> MissingFrom(StoredCall found) =>
        Missing(entries.Where(entry => entry is not (BriefChanged or CallClosed)), found);

    /// <summary>Those of some entries that the store does not have.</summary>
    /// <param name="found">The call as it was read.</param>
    public static IReadOnlyList<CallInput> Missing(IEnumerable<CallInput> known, StoredCall found)
    {
        var kept = found.Entries.Select(Written).ToHashSet(StringComparer.Ordinal);
        return [.. known.Where(entry => !kept.Contains(Written(entry)))];
    }

    static string Written(CallInput entry) => JsonSerializer.Serialize(entry, BusJson.Default.CallInput);

    /// <summary>Notes an entry that could not be written, since the store was away.</summary>
    public void NoteUnkept(CallInput entry) => unkept.Add(entry);

    /// <summary>Removes and returns the entries that are still to be written.</summary>
    public IReadOnlyList<CallInput> TakeUnkept()
    {
        CallInput[] taken = [.. unkept];
        unkept.Clear();
        return taken;
    }
}

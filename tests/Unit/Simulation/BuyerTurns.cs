using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>What one screen shows of a buyer, and whether it may: one turn at a time, which does not change after its end.</summary>
sealed class BuyerTurns
{
    readonly HashSet<string> ended = new(StringComparer.Ordinal);
    string? open;

    public string? Show(TranscriptUpdated heard)
    {
        if (!SimulatedClient.IsBuyers(heard.SegmentId))
        {
            return null;
        }

        if (ended.Contains(heard.SegmentId))
        {
            return $"{heard.SegmentId} goes on after its end: {heard.Text}";
        }

        if (open is not null && open != heard.SegmentId)
        {
            return $"{heard.SegmentId} is said while {open} is";
        }

        open = heard.Final ? null : heard.SegmentId;
        if (heard.Final)
        {
            ended.Add(heard.SegmentId);
        }

        return null;
    }

    public void Restore(IReadOnlyList<SegmentView> segments)
    {
        open = null;
        foreach (var segment in segments.Where(segment => SimulatedClient.IsBuyers(segment.SegmentId)))
        {
            if (segment.Final)
            {
                ended.Add(segment.SegmentId);
            }
            else
            {
                open = segment.SegmentId;
            }
        }
    }

    /// <summary>Judges what the store keeps of a rehearsal.</summary>
    /// <returns>The first thing that is wrong; null for nothing.</returns>
    public static string? Problem(IReadOnlyList<CallInput> kept)
    {
        // An entry whose acknowledgement was lost is appended again.
        var said = kept.OfType<SegmentHeard>().Select(heard => heard.Segment).Distinct()
            .Where(one => SimulatedClient.IsBuyers(one.SegmentId)).ToList();
        var cutOffs = kept.OfType<BuyerCutIn>().Select(cutIn => cutIn.CutOff).Distinct().OrderBy(cutOff => cutOff.AtMs).ToList();
        foreach (var (cutOff, before) in cutOffs.Zip(cutOffs.Prepend(null)))
        {
            if (cutOff.Reason == before?.Reason)
            {
                return $"{cutOff.SegmentId} cuts in twice in a row for {cutOff.Reason}";
            }

            // The rep's words count from the buyer's last ones on.
            if (said.Exists(one => one.StartMs < cutOff.AtMs && cutOff.AtMs - one.StartMs < 3000))
            {
                return $"{cutOff.SegmentId} cuts in within 3 s";
            }
        }

        // What was being said when it ended stands.
        var afterEnd = kept.SkipWhile(entry => entry is not CallClosed).OfType<SegmentHeard>().Select(heard => heard.Segment.SegmentId);
        return afterEnd.Where(SimulatedClient.IsBuyers).Distinct(StringComparer.Ordinal).Count() > 1 ? "the buyer talks on after the end"
            : said.Select(one => one.SegmentId).Distinct(StringComparer.Ordinal).Count() < said.Count ? "a turn of the buyer has two ends"
            : said.Count(one => one.Text.StartsWith(SimulatedWorker.Opening, StringComparison.Ordinal)) > 1 ? "it opens the call twice"
            : kept.OfType<RehearsalBegan>().Distinct().Count() is var begun && (begun > 1 || (begun == 0 && said.Count > 0))
                ? $"the rehearsal begins {begun} times"
            : said.Find(one => !IsOf(kept.OfType<RehearsalBegan>().First(), one.Text)) is { } other ? $"another buyer says {other.Text}"
            : null;
    }

    static bool IsOf(RehearsalBegan began, string text) =>
        text.StartsWith(SimulatedModel.BuyerOpening, StringComparison.Ordinal) || began.Text.Contains(text, StringComparison.Ordinal);
}

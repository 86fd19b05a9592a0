using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Judges what one rep's screen showed of a rehearsal: one buyer, who says one turn at a time; what was final stays as it was, in its
/// place; and every cut-in is remembered. A pure function of the sightings.
/// </summary>
static class RehearsalChecker
{
    /// <param name="storeWasAway">What was said meanwhile may be kept, and restored, in another order than it was shown in.</param>
    /// <returns>What broke a promise; empty when nothing did.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyList<Sighting> sightings, bool storeWasAway = false)
    {
        var violations = new List<string>();
        var screen = new CallView();
        foreach (var saw in sightings.OfType<Saw>())
        {
            var before = screen;
            screen = screen.Apply(saw.Event).View;
            violations.AddRange(Problems(before, screen, storeWasAway).Select(problem => $"{problem} [{saw.Brief}]"));
        }

        return violations;
    }

    static IEnumerable<string> Problems(CallView before, CallView after, bool anyOrder)
    {
        var said = Finals(before, anyOrder);
        var still = Finals(after, anyOrder).Where(one => said.Exists(known => known.SegmentId == one.SegmentId)).ToList();
        if (!said.Select(WordsOf).SequenceEqual(still.Select(WordsOf)))
        {
            yield return $"what was said changed from '{Written(said)}' to '{Written(still)}'";
        }

        if (after.Segments.Count(segment => segment is { Speaker: Speaker.Customer, Final: false }) > 1)
        {
            yield return "the buyer says two turns at once";
        }

        if (before.Rehearsal is { } was && after.Rehearsal?.Persona != was.Persona)
        {
            yield return $"{was.Persona.Name} became {after.Rehearsal?.Persona.Name ?? "nobody"}";
        }

        if (before.Rehearsal is { CutOffs: var cutOffs } && after.Rehearsal?.CutOffs.Take(cutOffs.Count).SequenceEqual(cutOffs) != true)
        {
            yield return "a cut-in was forgotten";
        }

        if (after.Rehearsal?.CutOffs.Zip(after.Rehearsal.CutOffs.Skip(1)).Any(pair => pair.First.Reason == pair.Second.Reason) == true)
        {
            yield return "the buyer cut in twice in a row for the same reason";
        }
    }

    static List<SegmentView> Finals(CallView view, bool anyOrder)
    {
        var finals = view.Segments.Where(segment => segment.Final);
        return [.. anyOrder ? finals.OrderBy(segment => segment.SegmentId, StringComparer.Ordinal) : finals];
    }

    static (string, Speaker, string) WordsOf(SegmentView segment) => (segment.SegmentId, segment.Speaker, segment.Text);

    static string Written(IEnumerable<SegmentView> segments) => string.Join(" / ", segments.Select(segment => segment.Text));
}

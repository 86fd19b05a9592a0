namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Judges the buyer's voice as one client received it: no frame twice or after a later one, one turn after the other, nothing behind an end
/// but silence. A pure function of the sightings.
/// </summary>
static class SpeechChecker
{
    /// <returns>What broke a promise; empty when nothing did.</returns>
    public static IReadOnlyList<string> Violations(IReadOnlyList<Sighting> sightings)
    {
        var violations = new List<string>();
        var last = new Dictionary<string, ReceivedSpeech>(StringComparer.Ordinal);
        var current = "";
        foreach (var received in sightings.OfType<ReceivedSpeech>())
        {
            var (id, number) = (received.Frame.SegmentId, received.Frame.Number);
            var before = last.GetValueOrDefault(id);
            if (before is not null && id != current)
            {
                violations.Add($"{id}/{number} comes after {current} has begun");
            }

            if (number <= (before?.Frame.Number ?? -1))
            {
                violations.Add($"{id}/{number} comes after {id}/{before!.Frame.Number}");
            }

            if (before?.Frame.End is not null && received.Frame.Pcm.Length > 0)
            {
                violations.Add($"{id}/{number} is heard after the end of {id}");
            }

            (last[id], current) = (received, id);
        }

        return violations;
    }
}

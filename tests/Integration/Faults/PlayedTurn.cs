using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What of a buyer's turn was played.</summary>
/// <param name="PlayedMs">How long its sound was heard.</param>
/// <param name="Over">Nothing more of it will be.</param>
sealed record PlayedTurn(string SegmentId, double PlayedMs, bool Over)
{
    /// <summary>A turn of which nothing came for so long broke off with its worker or its connection.</summary>
    const double BrokenOffMs = 3000;

    /// <summary>
    /// Plays what was received as the protocol wants it: one turn after the other, each from its frame 0 to the first gap in the numbers.
    /// A pure function of the sightings.
    /// </summary>
    public static IReadOnlyList<PlayedTurn> All(IEnumerable<Sighting> sightings, double nowMs)
    {
        var turns = new List<PlayedTurn>();
        var untilMs = 0.0;
        foreach (var turn in sightings.OfType<ReceivedSpeech>().GroupBy(received => received.Frame.SegmentId, StringComparer.Ordinal))
        {
            ReceivedSpeech[] frames = [.. turn.Where((received, at) => received.Frame.Number == at)];
            var stoppedMs = frames.FirstOrDefault(received => received.Frame.End == SpeechEnd.Stopped)?.AtMs ?? double.PositiveInfinity;
            var played = 0.0;
            foreach (var (atMs, _, frame) in frames)
            {
                var fromMs = Math.Max(untilMs, atMs);
                untilMs = fromMs + frame.Duration().TotalMilliseconds;
                played += Math.Max(0, Math.Min(untilMs, Math.Min(stoppedMs, nowMs)) - fromMs);
            }

            untilMs = Math.Min(untilMs, stoppedMs);
            var ended = frames.Length < turn.Count() || frames is [.., { Frame.End: not null }] || nowMs > untilMs + BrokenOffMs;
            turns.Add(new(turn.Key, played, ended && nowMs >= untilMs));
        }

        return turns;
    }
}

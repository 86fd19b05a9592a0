namespace Teleprompter.Contracts;

/// <summary>Who spoke how long. Typed lines take no time.</summary>
/// <param name="RepMs">The rep, in milliseconds.</param>
/// <param name="CustomerMs">The customer, in milliseconds.</param>
/// <param name="Longest">The longest that one of them held the floor; null when nobody spoke.</param>
public sealed record TalkTime(long RepMs, long CustomerMs, Monologue? Longest)
{
    /// <summary>Whoever says no more than this meanwhile has not taken the floor, in milliseconds: "yeah", "right", "I see".</summary>
    public const long BackchannelMs = 1500;

    /// <summary>The rep's share of all speech, 0 to 1; null when nobody spoke.</summary>
    public double? RepShare => RepMs + CustomerMs == 0 ? null : (double)RepMs / (RepMs + CustomerMs);

    /// <summary>Measures it.</summary>
    /// <param name="segments">What was said, in any order.</param>
    /// <returns>Who spoke how long.</returns>
    public static TalkTime Of(IEnumerable<SegmentView> segments)
    {
        var spoken = segments.Where(segment => segment.EndMs > segment.StartMs).OrderBy(segment => segment.StartMs)
            .ThenBy(segment => segment.EndMs).ToList();
        return new(Spoken(spoken, Speaker.Rep), Spoken(spoken, Speaker.Customer), LongestOf(spoken));
    }

    /// <summary>What overlaps counts once.</summary>
    static long Spoken(IEnumerable<SegmentView> segments, Speaker speaker)
    {
        var (total, until) = (0L, 0L);
        foreach (var segment in segments.Where(segment => segment.Speaker == speaker))
        {
            total += Math.Max(0, segment.EndMs - Math.Max(segment.StartMs, until));
            until = Math.Max(until, segment.EndMs);
        }

        return total;
    }

    static Monologue? LongestOf(IReadOnlyList<SegmentView> segments)
    {
        Monologue? longest = null;
        Monologue? floor = null;
        var otherMs = 0L;
        foreach (var segment in segments)
        {
            if (floor is not null && segment.Speaker != floor.Speaker)
            {
                otherMs += segment.EndMs - segment.StartMs;
                floor = otherMs > BackchannelMs ? null : floor;
            }

            if (floor is null || segment.Speaker == floor.Speaker)
            {
                otherMs = 0;
                floor = floor is null
                    ? new(segment.Speaker, segment.StartMs, segment.EndMs - segment.StartMs)
                    : floor with { DurationMs = Math.Max(floor.DurationMs, segment.EndMs - floor.StartMs) };
                longest = longest is null || floor.DurationMs > longest.DurationMs ? floor : longest;
            }
        }

        return longest;
    }
}

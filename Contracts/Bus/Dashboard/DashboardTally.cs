using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>
/// What happened in a stretch of time: sums and histograms only, so that tallies of several workers and moments add up. Not thread-safe.
/// </summary>
public sealed class DashboardTally
{
    /// <summary>The model's first words on the screen; turns that nobody answered at their age.</summary>
    public LatencyHistogram FirstWords { get; init; } = new();

    /// <summary>The same, from the oldest turn answered.</summary>
    public LatencyHistogram SinceOldest { get; init; } = new();

    /// <summary>Turns answered by the model, by the playbook, by nobody.</summary>
    public TurnShares Answered { get; set; } = new(0, 0, 0);

    /// <summary>Turns that nobody answered, by reason in camelCase.</summary>
    public IDictionary<string, long> Unanswered { get; init; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Suggestions of the model whose stages are summed up in <see cref="StageSums"/>.</summary>
    public long Staged { get; set; }

    /// <summary>Sums of the stages, in milliseconds.</summary>
    public StageMeans StageSums { get; set; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The three levels at work.</summary>
    public LevelCounts Levels { get; set; } = new(0, 0, 0, 0, 0);

    /// <summary>Suggestions taken back.</summary>
    public long Withdrawn { get; set; }

    /// <summary>What was asked of models.</summary>
    public TokenUse Tokens { get; set; } = new(0, 0, 0, 0);

    /// <summary>Answers begun ahead of the end of a turn.</summary>
    public AheadCounts Ahead { get; set; } = new();

    /// <summary>How long the model had worked before the turn was confirmed, for each of those that was adopted.</summary>
    public LatencyHistogram Hidden { get; init; } = new();

    /// <summary>The stages' averages; null when the model answered nothing.</summary>
    public StageMeans? Stages() => Staged == 0 ? null : Each(StageSums, StageSums, (sum, _) => sum / Staged);

    /// <summary>The percentiles that are shown.</summary>
    /// <returns>Them; null when nothing was recorded.</returns>
    public static Percentiles? Percentiles(LatencyHistogram of) =>
        of.Count == 0 ? null : new Percentiles(of.PercentileMs(50), of.PercentileMs(95), of.PercentileMs(99));

    /// <summary>Adds another tally.</summary>
    public void Add(DashboardTally other)
    {
        FirstWords.Add(other.FirstWords);
        SinceOldest.Add(other.SinceOldest);
        Answered += other.Answered;
        foreach (var (reason, count) in other.Unanswered)
        {
            Unanswered[reason] = (Unanswered.TryGetValue(reason, out var before) ? before : 0) + count;
        }

        Staged += other.Staged;
        StageSums = Each(StageSums, other.StageSums, (mine, theirs) => mine + theirs);
        Levels += other.Levels;
        Withdrawn += other.Withdrawn;
        Tokens += other.Tokens;
        Ahead += other.Ahead;
        Hidden.Add(other.Hidden);
    }

    /// <summary>
    /// Adds one suggestion's stages, in whole 1/1024 ms: sums of those are exact, so they are the same in whatever order workers are added.
    /// </summary>
    public void Add(StageMeans stages)
    {
        Staged++;
        StageSums = Each(StageSums, stages, (mine, more) => mine + (Math.Round(more * 1024) / 1024));
    }

    /// <summary>
    /// Whether nothing has been added since an earlier state of the same tally: what is summed only rises, so the counts tell.
    /// </summary>
    /// <returns>Whether it is the same.</returns>
    public bool IsStill(DashboardTally earlier) =>
        FirstWords.Count == earlier.FirstWords.Count && Answered == earlier.Answered && Staged == earlier.Staged
        && Levels == earlier.Levels && Withdrawn == earlier.Withdrawn && Tokens == earlier.Tokens && Ahead == earlier.Ahead;

    /// <summary>A copy of its own, for who must not see later changes.</summary>
    public DashboardTally Copy()
    {
        var copy = new DashboardTally();
        copy.Add(this);
        return copy;
    }

    static StageMeans Each(StageMeans a, StageMeans b, Func<double, double, double> combine) => new(
        combine(a.TurnMs, b.TurnMs),
        combine(a.BusMs, b.BusMs),
        combine(a.CoalesceMs, b.CoalesceMs),
        combine(a.HeldMs, b.HeldMs),
        combine(a.ContextMs, b.ContextMs),
        combine(a.FirstTokenMs, b.FirstTokenMs),
        combine(a.NetworkMs, b.NetworkMs),
        combine(a.RenderMs, b.RenderMs));
}

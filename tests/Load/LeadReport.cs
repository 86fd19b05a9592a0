using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>lead</c> found. Processor time in percent of one core, alike in both cases but for the watching. Records: from a
/// suggestion's completion at its rep's client until a view that has it reached a team lead's, each for every one of them.
/// </summary>
sealed record LeadReport(
    int Calls, int Viewers, double TurnEverySeconds, LeadUse Alone, LeadUse Watched, LatencyReport Records, double BytesPerSecond,
    IReadOnlyList<PercentileCheck> Percentiles)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        lead: {Calls} live calls, a turn every {TurnEverySeconds:0.##} s each, {Viewers} team leads

                   nobody watches   {Viewers} watch    added
        gateway    {Alone.Gateway,10:F1} %   {Watched.Gateway,8:F1} %   {Watched.Gateway - Alone.Gateway,6:F1} % of a core
        worker     {Alone.Worker,10:F1} %   {Watched.Worker,8:F1} %   {Watched.Worker - Alone.Worker,6:F1} % of a core
        to each of them {BytesPerSecond / 1000:F0} kB/s

        {LatencyReport.Heading}
        record on a screen   {Records}

        {string.Join(Environment.NewLine, Percentiles.Select(each => string.Create(CultureInfo.InvariantCulture, $"p{each.Percentile}: {each.ShownMs:F1} ms shown, {each.RawMs:F1} ms raw, {each.OffPercent:F2} % off")))}
        """);
}

/// <summary>Processor time, in percent of one core.</summary>
sealed record LeadUse(double Gateway, double Worker)
{
    public static LeadUse Mean(IReadOnlyCollection<LeadUse> uses) => new(uses.Average(use => use.Gateway), uses.Average(use => use.Worker));
}

using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>climb</c> found, a step each line. Latencies in milliseconds, processors in percent of one core.</summary>
sealed record ClimbReport(double TurnEverySeconds, double SecondsPerStep, IReadOnlyList<ClimbStep> Steps)
{
    /// <summary>The most calls of a step that held; null when none did.</summary>
    public int? Calls => Steps.Where(step => step.Holds).Select(step => (int?)step.Calls).Max();

    /// <summary>The limit was reached; otherwise the time was over before.</summary>
    public bool Reached => !Steps[^1].Holds;

    /// <summary>What gives way first, by the last step.</summary>
    public string GivesWay => Steps[^1].Use switch
    {
        _ when !Reached => "nothing yet",
        { BusyPercent: >= 80 } => "the processors",
        { GcPausePercent: >= 5 } => "garbage collection",
        { Gateway.CpuWaitPercent: >= 50 } => "the processors, in bursts",
        { Machine.StealPercent: >= 2 } => "the host, which took processors away",
        _ => "neither processors nor garbage collection",
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        climb: a turn every {TurnEverySeconds:0.##} s a call, {SecondsPerStep:0.#} s a step, until p99 of what is added passes {ClimbLoad.LimitMs:0} ms

         calls turns/s      p50      p99      max  unanswered   gateway  (waits)  model  client   GC  threads  machine  steal
        {string.Join(Environment.NewLine, Steps.Select(Line))}

        {(Calls is { } calls ? $"{calls} live calls hold" : "no step holds")}{(Reached ? "" : " (the time was over before the limit)")}; what gives way first: {GivesWay}
        """);

    string Line(ClimbStep step) => string.Create(
        CultureInfo.InvariantCulture,
        $"{step.Calls,6} {step.Calls / TurnEverySeconds,7:F0} {step.Added.P50,8:F2} {step.Added.P99,8:F2} {step.Added.Max,8:F2} "
        + $"{step.Added.Unanswered,11} "
        + $"{step.Use.Gateway.CpuPercent,7:F0} % {step.Use.Gateway.CpuWaitPercent,6:F0} % {step.Use.Model.CpuPercent,4:F0} % {step.Use.Client.CpuPercent,5:F0} % "
        + $"{step.Use.GcPausePercent,3:F1}% {step.Use.PoolThreads,7} {step.Use.BusyPercent,6:F0} % {step.Use.Machine.StealPercent,4:F1} %");
}

namespace Teleprompter.Tests.Load;

/// <summary>Something to do at a moment fixed beforehand.</summary>
/// <param name="At">The moment, from the beginning of the run.</param>
/// <param name="Act">What to do; told the moment as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
sealed record Cue(TimeSpan At, Action<long> Act);

namespace Teleprompter.Tests.Load;

/// <summary>One step of a climb.</summary>
/// <param name="Calls">Live calls.</param>
/// <param name="Added">What was added to the model's own time until the first words.</param>
/// <param name="Use">Who used what.</param>
sealed record ClimbStep(int Calls, LatencyReport Added, RunUse Use)
{
    /// <summary>Every turn was answered, and p99 within the limit.</summary>
    public bool Holds => Added.Unanswered == 0 && Added.P99 <= ClimbLoad.LimitMs;
}

namespace Teleprompter.InferenceWorker.Admission;

/// <summary>How full the gate is.</summary>
/// <param name="Slots">Streams allowed at once; fewer than set after a rate limit.</param>
/// <param name="Used">Slots that calls use; for a while more than <paramref name="Slots"/> after a rate limit.</param>
public sealed record AdmissionLoad(int Slots, int Used, int Pending, int Held)
{
    /// <summary>A rate limit is not over: nothing is granted for now, or fewer at once than set.</summary>
    public bool Throttled { get; init; }
}

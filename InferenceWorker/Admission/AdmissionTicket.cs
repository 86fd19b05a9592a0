namespace Teleprompter.InferenceWorker.Admission;

/// <summary>A call's place in the line for a model stream.</summary>
public sealed class AdmissionTicket
{
    volatile AdmissionState state = AdmissionState.Held;

    internal AdmissionTicket(string callId, Action<AdmissionTicket> changed, TimeSpan since, TimeSpan asked, long number) =>
        (CallId, Changed, Since, Asked, Number) = (callId, changed, since, asked, number);

    /// <summary>The call, or the work that yields to calls.</summary>
    public string CallId { get; internal set; }

    /// <summary>How it stands now.</summary>
    public AdmissionState State
    {
        get => state;
        internal set => state = value;
    }

    internal Action<AdmissionTicket> Changed { get; }

    /// <summary>It stands behind every ticket that does not: nobody's customer waits for it.</summary>
    internal bool Last { get; init; }

    /// <summary>Decides its place, on the gate's clock.</summary>
    internal TimeSpan Since { get; }

    /// <summary>Decides when it expires, on the gate's clock.</summary>
    internal TimeSpan Asked { get; }

    /// <summary>Decides between two of the same time.</summary>
    internal long Number { get; }
}

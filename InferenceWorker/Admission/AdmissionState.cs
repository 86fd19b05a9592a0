namespace Teleprompter.InferenceWorker.Admission;

/// <summary>How a call's question stands.</summary>
public enum AdmissionState
{
    /// <summary>It may be asked now.</summary>
    Granted,

    /// <summary>Among the next few.</summary>
    Pending,

    /// <summary>Behind the next few: the rep sees the card and "busy".</summary>
    Held,

    /// <summary>Its moment is gone; it left the line by itself.</summary>
    Expired,

    /// <summary>The call took it back, or was done with it.</summary>
    Released,
}

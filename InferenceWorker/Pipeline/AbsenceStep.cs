namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>What a client's absence has come to.</summary>
public enum AbsenceStep
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Withdraw the open suggestion and close its stream.</summary>
    EndStream,

    /// <summary>Let the call go.</summary>
    Abandon,
}

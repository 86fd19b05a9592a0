namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>What a gateway's heartbeat asks of a call.</summary>
public enum InboxStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The connection is not known: take it as attached.</summary>
    Attach,

    /// <summary>Inputs were lost: read the store again.</summary>
    Recheck,
}

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>Who answered a turn.</summary>
public enum TurnShare
{
    /// <summary>It deserved no answer, or the rep did not want one.</summary>
    NotCounted,

    /// <summary>The model.</summary>
    Model,

    /// <summary>The playbook alone.</summary>
    Playbook,

    /// <summary>Nobody, although it deserved an answer.</summary>
    Nobody,
}

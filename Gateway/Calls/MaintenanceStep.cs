namespace Teleprompter.Gateway.Calls;

/// <summary>What a live call needs.</summary>
public enum MaintenanceStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its connection has not read for so long that it is closed; the client comes back and gets a snapshot.</summary>
    Close,

    /// <summary>Its connection does not read: nobody is there for the owner to write for.</summary>
    FallBehind,

    /// <summary>Another owner.</summary>
    Move,

    /// <summary>To be looked up: its owner, though alive, knows nothing of it.</summary>
    LookUp,

    /// <summary>Its snapshot has not come: ask again.</summary>
    AskAgain,
}

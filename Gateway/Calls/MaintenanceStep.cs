namespace Teleprompter.Gateway.Calls;

/// <summary>What a live call needs.</summary>
public enum MaintenanceStep
{
    None,

    /// <summary>Close the connection: it does not read. The client reconnects and gets a snapshot.</summary>
    Close,

    /// <summary>Tell the owner that nobody reads.</summary>
    FallBehind,

    /// <summary>Move to another owner.</summary>
    Move,

    /// <summary>Read the owner from the store again: the one this gateway believes in, though alive, does not have the call.</summary>
    Recheck,

    /// <summary>Ask for the snapshot again.</summary>
    AskAgain,
}

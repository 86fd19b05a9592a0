namespace Teleprompter.Tests.ScriptedModel;

/// <summary>How a request ended.</summary>
public enum RequestEnd
{
    /// <summary>It has not.</summary>
    Open,

    /// <summary>All was sent.</summary>
    Completed,

    /// <summary>The client closed it.</summary>
    Aborted,

    /// <summary>Answered with an error status, by script or for the concurrency limit.</summary>
    Rejected,

    /// <summary>The script broke it off.</summary>
    Broken,
}

namespace Teleprompter.Bus;

/// <summary>What became of an append.</summary>
public enum AppendResult
{
    /// <summary>Kept.</summary>
    Kept,

    /// <summary>Refused: a newer epoch owns the call.</summary>
    Fenced,

    /// <summary>Refused: the call holds 4 MiB already.</summary>
    Full,

    /// <summary>Refused: there is no such call, or it expired.</summary>
    Unknown,

    /// <summary>Refused: the call was erased, and is not to be put back.</summary>
    Erased,
}

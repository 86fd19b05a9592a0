namespace Teleprompter.InferenceWorker.Models;

/// <summary>Why a model stopped, whichever word its server has for it.</summary>
enum ChatFinish
{
    /// <summary>It was done.</summary>
    Stop,

    /// <summary>It ran out of tokens.</summary>
    Length,

    /// <summary>A content filter stopped it.</summary>
    Filtered,

    /// <summary>The server failed.</summary>
    Error,

    /// <summary>It called a tool, or for a reason that only its server knows.</summary>
    Other,
}

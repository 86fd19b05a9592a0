using System.Text.Json.Serialization;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>What a status line is about.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StatusKind>))]
public enum StatusKind
{
    /// <summary>No call yet.</summary>
    Idle,

    /// <summary>Connecting for the first time.</summary>
    Connecting,

    /// <summary>The call is over.</summary>
    Ended,

    /// <summary>Another window has the call.</summary>
    Moved,

    /// <summary>The connection was lost.</summary>
    Reconnecting,

    /// <summary>What is said is not being kept.</summary>
    NotStored,

    /// <summary>Off the record.</summary>
    Paused,

    /// <summary>One side's voice does not arrive.</summary>
    NotHearing,

    /// <summary>Voices are not turned into words, or late.</summary>
    NotTranscribing,

    /// <summary>The model does not answer; the playbook does.</summary>
    PlaybookOnly,

    /// <summary>The newest question is held; the playbook is showing.</summary>
    Busy,

    /// <summary>A suggestion is being made.</summary>
    Thinking,

    /// <summary>All is well.</summary>
    Listening,
}

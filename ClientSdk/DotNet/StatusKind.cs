using System.Text.Json.Serialization;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>What a status line is about.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StatusKind>))]
public enum StatusKind
{
    Idle,
    Connecting,
    Ended,

    /// <summary>Another window has the call.</summary>
    Moved,
    Reconnecting,
    NotStored,

    /// <summary>Off the record.</summary>
    Paused,

    /// <summary>The voice of one side does not arrive.</summary>
    NotHearing,

    /// <summary>Voices do not become words, or late.</summary>
    NotTranscribing,

    /// <summary>The model does not answer; the playbook does.</summary>
    PlaybookOnly,

    /// <summary>The newest question is held; the playbook is showing.</summary>
    Busy,
    Thinking,
    Listening,
}

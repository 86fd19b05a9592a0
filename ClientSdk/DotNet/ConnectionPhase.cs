using System.Text.Json.Serialization;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>Where a client stands with the gateway.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConnectionPhase>))]
public enum ConnectionPhase
{
    Idle,

    /// <summary>Trying for the first time.</summary>
    Connecting,
    Open,

    /// <summary>The connection was lost; the client keeps trying.</summary>
    Reconnecting,
    Ended,

    /// <summary>A newer connection took the call; this client stays away.</summary>
    Moved,
}

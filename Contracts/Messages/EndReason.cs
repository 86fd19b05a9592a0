using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Why a connection gets no more events of a call.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EndReason>))]
public enum EndReason
{
    /// <summary>The client ended it.</summary>
    Ended,

    /// <summary>A newer connection took the call; this one stays away.</summary>
    MovedElsewhere,

    /// <summary>Nobody came back within two minutes. It can still be resumed for 30 minutes.</summary>
    Abandoned,

    /// <summary>Consent was revoked: nothing of the call is kept.</summary>
    ConsentRevoked,

    /// <summary>Somebody deleted the call.</summary>
    Deleted,
}

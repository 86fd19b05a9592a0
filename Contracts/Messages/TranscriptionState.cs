using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Whether voices are turned into words here.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TranscriptionState>))]
public enum TranscriptionState
{
    /// <summary>Not configured: text comes from the client, and no audio is wanted.</summary>
    None,

    /// <summary>They are, in time.</summary>
    Ready,

    /// <summary>They are, more than a second late.</summary>
    Behind,

    /// <summary>They are not: the transcriber does not answer now, or voices arrive although there is none.</summary>
    Unavailable,
}

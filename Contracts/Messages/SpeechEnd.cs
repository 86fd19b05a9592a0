using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>How the voice of a turn ends.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SpeechEnd>))]
public enum SpeechEnd
{
    /// <summary>All was sent: play it to its end.</summary>
    Complete,

    /// <summary>It is broken off: be silent at once.</summary>
    Stopped,
}

using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>How people agreed to be transcribed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConsentMethod>))]
public enum ConsentMethod
{
    /// <summary>They were asked and said so.</summary>
    Spoken,

    /// <summary>By a letter, a message or a contract.</summary>
    Written,

    /// <summary>On a page or in a dialog, as the one of a meeting.</summary>
    OnScreen,

    Other,

    /// <summary>Nobody is on the call: it is a sample or a rehearsal.</summary>
    Simulated,
}

using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Who said something. Two speakers are two streams, never mixed.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Speaker>))]
public enum Speaker
{
    /// <summary>The sales rep who reads the panel.</summary>
    Rep,

    /// <summary>Everyone on the other side of the call.</summary>
    Customer,
}

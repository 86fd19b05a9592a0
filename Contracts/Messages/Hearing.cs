using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Whose voice is arriving.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Hearing>))]
public enum Hearing
{
    /// <summary>Nothing is amiss.</summary>
    Both,

    /// <summary>The rep is talking and nothing has come from the customer for too long.</summary>
    RepOnly,

    /// <summary>The customer is talking and nothing has come from the rep for too long.</summary>
    CustomerOnly,
}

using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Whose consent a call needs before anything said is taken.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ConsentMode>))]
public enum ConsentMode
{
    /// <summary>Nobody's; what a client says of it is recorded all the same.</summary>
    Off,

    /// <summary>The rep's.</summary>
    OneParty,

    /// <summary>Everybody's.</summary>
    AllParty,
}

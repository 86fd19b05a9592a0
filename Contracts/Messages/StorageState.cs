using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Whether what is said is being kept.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<StorageState>))]
public enum StorageState
{
    /// <summary>Kept.</summary>
    Ready,

    /// <summary>Not reachable now; the call goes on live.</summary>
    Unavailable,

    /// <summary>The call reached its cap of 4 MiB; it goes on live, but the rest of it is not kept.</summary>
    Full,
}

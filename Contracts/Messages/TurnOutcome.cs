using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>What became of a customer turn. Every final one gets exactly one outcome.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TurnOutcome>))]
public enum TurnOutcome
{
    /// <summary>A suggestion answered it.</summary>
    Suggested,

    /// <summary>It went into the answer to a newer turn.</summary>
    Merged,

    /// <summary>Nothing was worth saying.</summary>
    Abstained,

    /// <summary>Its moment passed before it could be answered.</summary>
    Expired,

    /// <summary>Answering it failed.</summary>
    Failed,
}

using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Whether a model answers.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModelState>))]
public enum ModelState
{
    /// <summary>None is configured: the playbook is the whole answer, by choice.</summary>
    None,

    /// <summary>Answers are expected from it.</summary>
    Ready,

    /// <summary>It fails or is too slow; the playbook answers until it is back.</summary>
    Unavailable,

    /// <summary>Operations switched it off; the playbook answers.</summary>
    Off,

    /// <summary>The person or the team has spent the day's budget; the playbook answers.</summary>
    OverBudget,
}

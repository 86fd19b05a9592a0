using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Who wrote a suggestion.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SuggestionSource>))]
public enum SuggestionSource
{
    /// <summary>A language model, grounded in the playbook.</summary>
    Model,

    /// <summary>The playbook's own words; the suggestion names the card.</summary>
    Playbook,
}

using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Who summed a call up.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SummarySource>))]
public enum SummarySource
{
    /// <summary>Sentences of the call, word for word, picked by English cues.</summary>
    Cues,

    /// <summary>The summary model.</summary>
    Model,
}

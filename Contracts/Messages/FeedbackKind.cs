using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>What the rep did with a suggestion.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FeedbackKind>))]
public enum FeedbackKind
{
    /// <summary>The rep said it, or something like it.</summary>
    Used,

    /// <summary>Not helpful; an open one is withdrawn and its stream is closed.</summary>
    Dismissed,

    /// <summary>Kept on the screen.</summary>
    Pinned,

    /// <summary>No longer kept.</summary>
    Unpinned,
}

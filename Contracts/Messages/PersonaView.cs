using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>A buyer to rehearse with.</summary>
/// <param name="PersonaId">Its file's name without the extension.</param>
/// <param name="Mood">How it meets the rep, in one or two sentences.</param>
public sealed record PersonaView(string PersonaId, string Name, string Role, string Company, string Mood = "")
{
    /// <summary>It goes on when the rep talks over it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Holds { get; init; }
}

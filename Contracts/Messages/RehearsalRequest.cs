using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Makes a call a rehearsal: the customer is a buyer whose words come from the worker.</summary>
/// <param name="PersonaId">The buyer, one of those that <c>GET /personas</c> lists.</param>
/// <param name="TestMe">The teleprompter stays silent: no cards, no suggestions.</param>
/// <param name="Objections">
/// What the buyer presses on before its own points, such as titles of cards; at most <see cref="MostObjections"/>. Absent for nothing.
/// </param>
public sealed record RehearsalRequest(
    string PersonaId,
    bool TestMe = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Objections = null)
{
    public const int MostObjections = 8;

    /// <summary>The client plays the buyer's voice, and says what was heard of a turn that it breaks off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Voice { get; init; }
}

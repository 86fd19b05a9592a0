using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>The rehearsal that a call is.</summary>
/// <param name="Persona">The buyer.</param>
/// <param name="TestMe">The teleprompter stays silent.</param>
/// <param name="CutOffs">The times the rep was cut off, oldest first.</param>
/// <param name="Objections">What the buyer presses on before its own points; absent for nothing.</param>
public sealed record RehearsalView(
    PersonaView Persona,
    bool TestMe,
    IReadOnlyList<CutOff> CutOffs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Objections = null)
{
    /// <summary>The buyer's voice comes as <see cref="SpeechFrame"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Voice { get; init; }
}

/// <summary>The buyer cut the rep off.</summary>
/// <param name="SegmentId">The buyer's words.</param>
/// <param name="Why">What the rep did, in a sentence: "You spoke 24 s without a question."</param>
/// <param name="HangsUp">It was once too often: the buyer ends the call.</param>
/// <param name="AtMs">When, on the call's clock, in milliseconds.</param>
public sealed record CutOff(string SegmentId, CutInReason Reason, string Why, bool HangsUp, long AtMs);

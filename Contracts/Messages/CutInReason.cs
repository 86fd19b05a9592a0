using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Why the buyer of a rehearsal cuts the rep off, the weakest reason first: a stronger one displaces a weaker.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CutInReason>))]
public enum CutInReason
{
    /// <summary>The rep has spoken for too long without asking anything.</summary>
    Monologue,

    /// <summary>The rep uses words that commit to nothing: "roughly", "sort of".</summary>
    VagueWords,

    /// <summary>The rep claims an effect and gives no figure for it.</summary>
    ClaimWithoutNumber,

    /// <summary>The rep speaks of something else than what was asked.</summary>
    QuestionDodged,

    /// <summary>The rep says a word that this buyer does not let pass.</summary>
    Trigger,
}

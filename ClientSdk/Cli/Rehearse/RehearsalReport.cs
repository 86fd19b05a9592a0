using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>What came of a rehearsal.</summary>
/// <param name="BuyerTurns">How often the buyer spoke.</param>
/// <param name="AnswerMs">From the rep's last word to the buyer's first words, in milliseconds; null where there was no answer.</param>
/// <param name="HungUp">The buyer ended it.</param>
/// <param name="ScoreCard">Null where it could not be read.</param>
sealed record RehearsalReport(PersonaView? Persona, int BuyerTurns, IReadOnlyList<CutOff> CutOffs, Percentiles? AnswerMs, bool HungUp,
    ScoreCard? ScoreCard);

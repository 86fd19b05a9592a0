namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>A clause of a turn as far as it was sent.</summary>
/// <param name="Start">Where it begins in the turn's text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Sent">How much sound of it was sent.</param>
/// <param name="Whole">All of its sound was sent.</param>
readonly record struct SpokenClause(int Start, int End, TimeSpan Sent, bool Whole);

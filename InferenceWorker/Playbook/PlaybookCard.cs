namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>One objection or topic, and what to say to it. Title, say and fact may hold placeholders: see <see cref="CardText"/>.</summary>
/// <param name="Id">Its file's name without the extension, in lower case.</param>
/// <param name="Title">What the rep reads above it.</param>
/// <param name="Triggers">How customers say it; at least <see cref="PlaybookReader.FewestTriggers"/>.</param>
/// <param name="Say">What to say now, at most <see cref="PlaybookReader.MostWords"/> words.</param>
/// <param name="Fact">One fact that supports it; null when the card has none.</param>
/// <param name="Source">Where the fact comes from; null when the card names none.</param>
public sealed record PlaybookCard(string Id, string Title, IReadOnlyList<string> Triggers, string Say, string? Fact, string? Source);

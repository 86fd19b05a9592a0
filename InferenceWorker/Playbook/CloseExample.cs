namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>An example that is like a text.</summary>
/// <param name="CardId">The card that it is an example of; null for small talk.</param>
/// <param name="Similarity">How like, from 0 to about 1.</param>
public sealed record CloseExample(string? CardId, string Example, double Similarity);

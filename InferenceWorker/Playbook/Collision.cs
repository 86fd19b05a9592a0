namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Two examples of different cards, or of a card and of small talk, that say nearly the same.</summary>
public sealed record Collision(CloseExample One, CloseExample Other);

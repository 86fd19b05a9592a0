namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>A point that a persona presses on.</summary>
/// <param name="Topics">Words of the rep that bring it up, in lower case.</param>
public sealed record PersonaAttack(IReadOnlyList<string> Topics, string Line);

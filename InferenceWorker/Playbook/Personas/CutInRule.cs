using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>One thing that a persona does not let pass, and what it says then.</summary>
/// <param name="Line">What it says when no model writes it.</param>
/// <param name="After">How long the rep may speak without a question; null unless the reason is a monologue.</param>
/// <param name="Words">The words and phrases that it reacts to, in lower case; empty unless the reason is a trigger.</param>
public sealed record CutInRule(CutInReason Reason, string Line, TimeSpan? After, IReadOnlyList<string> Words);

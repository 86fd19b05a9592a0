using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>A buyer to rehearse with, as a sales team wrote it down.</summary>
/// <param name="Id">Its file's name without the extension, in lower case.</param>
/// <param name="Mood">How it meets the rep, in one or two sentences; a model plays it.</param>
/// <param name="Text">The file, which makes the same persona again.</param>
public sealed record Persona(string Id, string Name, string Role, string Company, string Mood, string Text)
{
    /// <summary>The voice that says it aloud, by the name that the speech server gives it; null for the worker's.</summary>
    public string? Voice { get; init; }

    /// <summary>How it may begin; at least one line.</summary>
    public required IReadOnlyList<string> Opens { get; init; }

    /// <summary>What it cuts in on, in the file's order.</summary>
    public required IReadOnlyList<CutInRule> Interrupts { get; init; }

    /// <summary>After how long a listener's "mm-hm" comes, and its words; null for none. It does not take the floor.</summary>
    public (TimeSpan After, string Line)? Murmur { get; init; }

    /// <summary>The most cut-ins within a minute.</summary>
    public int CutInsAMinute { get; init; } = 3;

    /// <summary>What it presses on; at least <see cref="PersonaReader.FewestAttacks"/>.</summary>
    public required IReadOnlyList<PersonaAttack> Attacks { get; init; }

    /// <summary>It goes on when the rep talks over it; otherwise it stops.</summary>
    public bool Holds { get; init; }

    /// <summary>The number of cut-ins after which it ends the call; null for never.</summary>
    public int? HangsUpAfter { get; init; }

    /// <summary>What it says to a next step that it can accept; empty where it never commits.</summary>
    public required IReadOnlyList<string> Agrees { get; init; }

    /// <summary>What it says when it ends the call.</summary>
    public required IReadOnlyList<string> HangsUp { get; init; }

    /// <summary>The persona as a client shows it.</summary>
    public PersonaView View => new(Id, Name, Role, Company, Mood) { Holds = Holds };

    /// <summary>The rules for a reason, in the file's order.</summary>
    public IEnumerable<CutInRule> RulesFor(CutInReason reason) => Interrupts.Where(rule => rule.Reason == reason);
}

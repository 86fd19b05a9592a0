using System.Globalization;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>What is wrong with what the rep says, as far as a persona minds.</summary>
static class SpeechFlaw
{
    /// <summary>Finds the strongest reason to object.</summary>
    /// <param name="except">A reason that does not count; null for none.</param>
    /// <param name="now">The call's clock.</param>
    /// <param name="ended">The rep has finished: nothing more comes that could still prove or answer something.</param>
    /// <returns>The reason, and what the rep did in a sentence; null where there is nothing.</returns>
    public static (CutInReason Reason, string Why)? Strongest(
        Persona persona, RepSpeech rep, CutInReason? except, TimeSpan now, bool ended = false)
    {
        foreach (var reason in Enum.GetValues<CutInReason>().Reverse())
        {
            if (reason != except && persona.RulesFor(reason).Any() && Why(reason, persona, rep, now, ended) is { } why)
            {
                return (reason, why);
            }
        }

        return null;
    }

    /// <summary>How long the rep may speak without a question; null for as long as they like.</summary>
    public static TimeSpan? Patience(Persona persona) => persona.RulesFor(CutInReason.Monologue).Min(rule => rule.After);

    static string? Why(CutInReason reason, Persona persona, RepSpeech rep, TimeSpan now, bool ended) => reason switch
    {
        CutInReason.Trigger => TriggerWord.In(rep.Words, persona.RulesFor(reason).SelectMany(rule => rule.Words)) is { } word
            ? $"You said \"{word}\"."
            : null,
        CutInReason.QuestionDodged => rep.Asked is { } asked && DodgedQuestion.In(asked, rep.Words, ended)
            ? $"You were asked \"{asked.Replace('"', '\'')}\" and spoke of something else."
            : null,
        CutInReason.ClaimWithoutNumber => UnprovenClaim.In(rep.Words, ended) is { } claim
            ? $"You claimed \"{claim}\" without a figure."
            : null,
        CutInReason.VagueWords => VagueWords.In(rep.Words, ended) is { Count: > 0 } vague
            ? $"You were vague: {string.Join(", ", vague.Select(word => $"\"{word}\""))}."
            : null,
        CutInReason.Monologue => now - rep.TellsSince >= Patience(persona) && !rep.EndsInQuestion
            ? string.Create(CultureInfo.InvariantCulture, $"You spoke {(now - rep.TellsSince).TotalSeconds:F0} s without a question.")
            : null,
        _ => null,
    };
}

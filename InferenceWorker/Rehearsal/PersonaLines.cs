using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.Rehearsal.Flaws;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>What a persona says without a model: its own lines, chosen by what the rep said, those not said yet first.</summary>
/// <param name="conversation">Holds what the buyer said before.</param>
/// <param name="objections">What it says before its own points.</param>
sealed class PersonaLines(Persona persona, Conversation conversation, IReadOnlyList<string> objections)
{
    public string Opening(string callId) => persona.Opens[callId.Sum(character => character) % persona.Opens.Count];

    public string CutIn(CutInReason reason) => Next(persona.RulesFor(reason).Select(rule => rule.Line));

    public string HangUp() => Next(persona.HangsUp);

    /// <summary>The answer to the rep: agreement to a next step, else what is wrong with the words, else an objection to rehearse, else the
    /// point that the words bring up.</summary>
    /// <param name="now">The call's clock.</param>
    public string Reply(RepSpeech speech, BuyerPast past, TimeSpan now)
    {
        if (persona.Agrees.Count > 0 && NextStep.In(speech.Words))
        {
            return Next(persona.Agrees);
        }

        if (SpeechFlaw.Strongest(persona, speech, past.LastReason, now, ended: true) is { Reason: var reason })
        {
            return CutIn(reason);
        }

        if (objections.FirstOrDefault(line => LastSaid(line) < 0) is { } objection)
        {
            return objection;
        }

        var broughtUp = persona.Attacks.Where(attack => TriggerWord.In(speech.Words, attack.Topics) is not null);
        var lines = broughtUp.Select(attack => attack.Line).Where(line => LastSaid(line) < 0).ToList();
        return Next(lines.Count > 0 ? lines : persona.Attacks.Select(attack => attack.Line));
    }

    string Next(IEnumerable<string> lines) => lines.MinBy(LastSaid)!;

    int LastSaid(string line) => Said.FindLastIndex(said => said == line);

    List<string> Said => [.. conversation.Lines.Where(line => line.Speaker == Speaker.Customer).Select(line => line.Text)];
}

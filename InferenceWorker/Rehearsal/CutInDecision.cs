using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.Rehearsal.Flaws;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>
/// Whether a buyer cuts in, decided over the rep's words so far: for the strongest reason that the persona has and that is not worn out, at
/// most so many times a minute, and never twice in a row for the same. English.
/// </summary>
public static class CutInDecision
{
    /// <summary>Nobody has said enough by then to be cut off.</summary>
    public static readonly TimeSpan FirstSeconds = TimeSpan.FromSeconds(3);

    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    static readonly BuyerMove.None listens = new();

    /// <summary>Decides.</summary>
    /// <param name="now">The call's clock.</param>
    public static BuyerMove Decide(Persona persona, RepSpeech rep, BuyerPast past, TimeSpan now)
    {
        if (now - rep.BeganAt < FirstSeconds)
        {
            return listens;
        }

        var worn = past.CountSince(now - Minute) >= persona.CutInsAMinute;
        if (!worn && SpeechFlaw.Strongest(persona, rep, past.LastReason, now) is { } flaw)
        {
            return persona.HangsUpAfter <= past.CutOffs.Count
                ? new BuyerMove.HangUp(flaw.Reason, flaw.Why)
                : new BuyerMove.CutIn(flaw.Reason, flaw.Why);
        }

        return persona.Murmur is var (after, line) && !past.Murmured && now - rep.BeganAt >= after
            ? new BuyerMove.Interject(line)
            : listens;
    }

    /// <summary>When time alone changes the decision next, if the rep says nothing more; null for never.</summary>
    public static TimeSpan? Due(Persona persona, RepSpeech rep, BuyerPast past)
    {
        var monologue = SpeechFlaw.Patience(persona) is { } patience && past.LastReason != CutInReason.Monologue
            ? rep.TellsSince + patience
            : default(TimeSpan?);
        var murmur = persona.Murmur is var (after, _) && !past.Murmured ? rep.BeganAt + after : default(TimeSpan?);
        return CallClock.Earliest(monologue, murmur);
    }
}

using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>Who a buyer is and what it has done, which is kept with the call.</summary>
sealed class BuyerMemory(RehearsalRequest rehearsal, Conversation conversation, CallClock clock, ICallOutput output)
{
    IReadOnlyList<string> objectionLines = [];

    /// <summary>Who it is; null before <see cref="Meet"/>.</summary>
    public Persona? Persona { get; private set; }

    public BuyerPast Past { get; set; } = BuyerPast.Nothing;

    /// <summary>What the rep asked to be pressed on.</summary>
    public IReadOnlyList<string> Objections => rehearsal.Objections ?? [];

    /// <summary>What the buyer says without a model.</summary>
    public PersonaLines Lines => new(Persona!, conversation, objectionLines);

    /// <summary>What its last words asked; null for nothing.</summary>
    public string? Asked => AskedQuestion.LastIn(conversation.Lines.LastOrDefault(line => line.Speaker == Speaker.Customer)?.Text ?? "");

    /// <summary>
    /// The final words of either that came last; null for none. What the rep said while the store was away can be kept before the buyer's
    /// turn that it followed: where the buyer's words are the last that were kept, the times decide.
    /// </summary>
    public HeardSegment? LastSaid
    {
        get
        {
            var said = conversation.Segments.Where(heard => heard.Segment.Final).ToList();
            return said is [.., { Segment.Speaker: Speaker.Rep } rep] ? rep : said.OrderBy(BeganMs).LastOrDefault();
        }
    }

    /// <param name="aloud">The buyer speaks aloud.</param>
    public RehearsalView? View(bool aloud) =>
        Persona is null ? null : new(Persona.View, rehearsal.TestMe, Past.CutOffs, rehearsal.Objections) { Voice = aloud };

    /// <summary>Takes up what was kept.</summary>
    /// <returns>Whether the buyer has hung up.</returns>
    public bool Restore(CallInput entry)
    {
        switch (entry)
        {
            case RehearsalBegan began: Persona = PersonaReader.Read($"{began.PersonaId}.md", began.Text, []); break;
            case BuyerCutIn cutIn when !Past.CutOffs.Contains(cutIn.CutOff): Add(cutIn.CutOff); break;
        }

        return Past.CutOffs is [.., { HangsUp: true }];
    }

    /// <summary>The rep comes, for the first time or again.</summary>
    /// <param name="personas">Those that a rehearsal can begin with.</param>
    /// <param name="cards">The playbook, which has words for the objections.</param>
    /// <returns>Whether there is a buyer.</returns>
    public bool Meet(IReadOnlyList<Persona> personas, IReadOnlyList<PlaybookCard> cards)
    {
        objectionLines = ObjectionLines.Of(Objections, cards);
        if (Persona is null && personas.FirstOrDefault(known => known.Id == rehearsal.PersonaId) is { } found)
        {
            Persona = found;
            output.Keep(new RehearsalBegan(found.Id, found.Text));
        }

        return Persona is not null;
    }

    /// <summary>What a turn says without a model.</summary>
    /// <param name="speech">What the rep has said; null only where the turn cuts in.</param>
    /// <param name="now">The call's clock.</param>
    public string Line(BuyerTurn turn, RepSpeech? speech, TimeSpan now) =>
        turn.Reason is { } reason ? Lines.CutIn(reason) : Lines.Reply(speech!, Past, now);

    /// <summary>Keeps and tells that the buyer cuts in, where the turn does.</summary>
    /// <param name="hangsUp">It ends the call.</param>
    public void Keep(BuyerTurn turn, bool hangsUp)
    {
        if (turn.Reason is { } reason)
        {
            var cutOff = new CutOff(turn.Id, reason, turn.Why!, hangsUp, (long)clock.Now.TotalMilliseconds);
            Add(cutOff);
            output.Keep(new BuyerCutIn(cutOff));
            output.Emit(new RepCutOff(cutOff));
        }
    }

    void Add(CutOff cutOff) => Past = Past with { CutOffs = Past.CutOffs.Add(cutOff) };

    // Words whose beginning nobody told have an end alone.
    static long BeganMs(HeardSegment heard) => heard.Segment.StartMs > 0 ? heard.Segment.StartMs : heard.Segment.EndMs;
}

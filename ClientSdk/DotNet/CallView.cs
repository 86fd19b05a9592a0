using System.Collections.Immutable;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>All that is known of a call. Immutable: <see cref="Apply"/> makes the next one.</summary>
public sealed record CallView
{
    // Of each, the oldest go first.
    public const int SegmentsKept = 5000;
    public const int RecentKept = 5;
    public const int NudgesKept = 20;
    public const int OutcomesKept = 50;

    /// <summary>The number of the last event applied.</summary>
    public long Number { get; init; }

    /// <summary>An event was missed: nothing is believed until <see cref="Restored"/> comes.</summary>
    public bool Stale { get; init; }

    /// <summary>In the order in which they were first heard.</summary>
    public ImmutableList<SegmentView> Segments { get; init; } = [];

    /// <summary>The open suggestion; null when none is open.</summary>
    public OpenSuggestionView? Suggestion { get; init; }

    /// <summary>The last finished suggestions, oldest first.</summary>
    public ImmutableList<FinishedSuggestionView> Recent { get; init; } = [];

    /// <summary>The suggestion that was taken back last; null once another begins.</summary>
    public SuggestionWithdrawn? Withdrawn { get; init; }

    /// <summary>The card on the screen; null when none is.</summary>
    public CardView? Card { get; init; }

    public CallBrief Brief { get; init; } = CallBrief.Empty;

    public CallStatus Status { get; init; } =
        new(ModelState.None, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both);

    /// <summary>What became of the last turns, oldest first.</summary>
    public ImmutableList<TurnSettled> Outcomes { get; init; } = [];

    /// <summary>The last lines from the team lead, oldest first.</summary>
    public ImmutableList<Nudged> Nudges { get; init; } = [];

    /// <summary>The rehearsal that the call is; null for a call with a customer.</summary>
    public RehearsalView? Rehearsal { get; init; }

    /// <summary>Why the call is over for this connection; null while it is not.</summary>
    public EndReason? Ended { get; init; }

    /// <summary>
    /// The view after one event. An event that comes twice changes nothing; one after a gap is dropped and asks for <c>Resync</c>, once.
    /// </summary>
    /// <returns>The next view, and whether a snapshot must be asked for.</returns>
    public (CallView View, bool Resync) Apply(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case Restored restored:
                return (Restore(restored), false);
            case CallEnded ended:
                return (this with { Number = ended.Number, Ended = ended.Reason }, false);
        }

        if (Stale || callEvent.Number <= Number)
        {
            return (this, false);
        }

        var next = callEvent.Number == Number + 1 ? Follow(callEvent) : null;
        return next is null ? (this with { Stale = true }, true) : (next with { Number = callEvent.Number }, false);
    }

    /// <summary>The view after what the rep did with a suggestion, which the gateway does not echo.</summary>
    public CallView With(SuggestionFeedback feedback) => this with
    {
        Recent = Change(feedback.SuggestionId, recent => recent with { Feedback = feedback.Kind }),
    };

    CallView? Follow(CallEvent callEvent) => callEvent switch
    {
        TranscriptUpdated heard => this with { Segments = Hear(heard) },
        CardShown card => this with
        {
            Card = new CardView(card.CardId, card.TurnId, card.Title, card.Text, card.Fact, card.Source, card.PlaybookVersion),
        },
        SuggestionStarted started => this with
        {
            Suggestion = new(
                started.SuggestionId, started.TurnIds, Text: "", NextIndex: 0, started.Source, started.CardId, started.Tentative)
            {
                Sources = started.Sources,
            },
            Withdrawn = null,
        },
        SuggestionConfirmed confirmed when confirmed.SuggestionId == Suggestion?.SuggestionId =>
            this with { Suggestion = Suggestion with { TurnIds = confirmed.TurnIds, Tentative = false } },
        SuggestionDelta delta => Grow(delta),
        SuggestionCompleted completed => Complete(completed),
        SuggestionWithdrawn withdrawn when withdrawn.SuggestionId == Suggestion?.SuggestionId =>
            this with { Suggestion = null, Withdrawn = withdrawn },
        SuggestionSaid said => this with { Recent = Change(said.SuggestionId, recent => recent with { Said = true }) },
        StatusChanged changed => this with
        {
            Status = changed.Status,
            Segments = changed.Status.Paused ? Segments.RemoveAll(segment => !segment.Final) : Segments,
        },
        TurnSettled settled => this with { Outcomes = Keep(Outcomes, settled, OutcomesKept) },
        RepCutOff { CutOff: var cutOff } when Rehearsal is not null =>
            this with { Rehearsal = Rehearsal with { CutOffs = [.. Rehearsal.CutOffs, cutOff] } },
        Nudged nudged => this with { Nudges = Keep(Nudges, nudged, NudgesKept) },
        _ => this,
    };

    ImmutableList<FinishedSuggestionView> Change(string suggestionId, Converter<FinishedSuggestionView, FinishedSuggestionView> change) =>
        Recent.ConvertAll(recent => recent.SuggestionId == suggestionId ? change(recent) : recent);

    ImmutableList<SegmentView> Hear(TranscriptUpdated heard)
    {
        var segment = new SegmentView(heard.SegmentId, heard.Speaker, heard.Text, heard.Final, heard.StartMs, heard.EndMs);
        var at = Segments.FindLastIndex(known => known.SegmentId == heard.SegmentId && known.Speaker == heard.Speaker);
        if (heard is { Final: true, Text: "" })
        {
            return at < 0 ? Segments : Segments.RemoveAt(at);
        }

        if (at < 0)
        {
            return Keep(Segments, segment, SegmentsKept);
        }

        return Segments[at].Final && !segment.Final ? Segments : Segments.SetItem(at, segment);
    }

    /// <summary>Null when words are missing before these.</summary>
    CallView? Grow(SuggestionDelta delta)
    {
        if (Suggestion is not { } open || open.SuggestionId != delta.SuggestionId || delta.Index < open.NextIndex)
        {
            return this;
        }

        return delta.Index == open.NextIndex
            ? this with
            {
                Suggestion = open with
                {
                    Text = open.Text + delta.Text,
                    NextIndex = delta.Index + 1,
                    UnsupportedFigures = delta.UnsupportedFigures ?? open.UnsupportedFigures,
                },
            }
            : null;
    }

    CallView Complete(SuggestionCompleted done) => this with
    {
        Suggestion = Suggestion?.SuggestionId == done.SuggestionId ? null : Suggestion,
        Withdrawn = null,
        Recent = Keep(
            Recent.RemoveAll(known => known.SuggestionId == done.SuggestionId),
            new FinishedSuggestionView(done.SuggestionId, done.Text, done.Source, done.CardId, Feedback: null, done.Latency)
            {
                UnsupportedFigures = done.UnsupportedFigures,
                Sources = done.Sources,
            },
            RecentKept),
    };

    /// <summary>Nudges and outcomes stay: a snapshot does not carry them, and the rep may not have read them yet.</summary>
    CallView Restore(Restored restored) => this with
    {
        Number = restored.Number,
        Stale = false,
        Segments = [.. restored.Segments],
        Suggestion = restored.Suggestion,
        Recent = [.. restored.Recent],
        Withdrawn = null,
        Card = restored.Card,
        Brief = restored.Brief,
        Status = restored.Status,
        Rehearsal = restored.Rehearsal,
    };

    static ImmutableList<T> Keep<T>(ImmutableList<T> items, T item, int limit) =>
        items.Count < limit ? items.Add(item) : items.RemoveAt(0).Add(item);
}

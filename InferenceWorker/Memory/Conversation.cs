using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>
/// What a call remembers: who said what, what was suggested, the brief. Live and stored inputs go through the same methods, so that a
/// rebuilt conversation equals the one that was lost. Bounded: the oldest segments leave memory and stay in the store.
/// </summary>
/// <param name="brief">The brief at the start.</param>
/// <param name="language">BCP 47 tag of the spoken language; null for English.</param>
public sealed class Conversation(CallBrief brief, string? language)
{
    const int SegmentsKept = 200;
    const int SuggestionsKept = 5;

    readonly LinkedList<HeardSegment> segments = [];
    readonly Dictionary<(Speaker Channel, string SegmentId), LinkedListNode<HeardSegment>> bySegment = [];
    readonly List<SuggestionFinished> suggestions = [];
    CallSettings settings = CallSettings.Initial;

    /// <summary>The latest brief.</summary>
    public CallBrief Brief { get; private set; } = brief;

    /// <summary>BCP 47 tag of the spoken language; null for English.</summary>
    public string? Language => language;

    /// <summary>The summary of what was said before the last minutes; null before the first.</summary>
    public ConversationSummary? Summary { get; private set; }

    /// <summary>Off the record.</summary>
    public bool Paused => settings.Pause.Paused;

    /// <summary>The channels are reversed.</summary>
    public bool Swapped => settings.Swap.Swapped;

    /// <summary>The card on the screen.</summary>
    public CardView? Card { get; set; }

    /// <summary>The last segments, oldest first.</summary>
    public IEnumerable<HeardSegment> Segments => segments;

    /// <summary>The final segments, oldest first.</summary>
    public IReadOnlyList<SpokenLine> Lines =>
    [
        .. segments.Where(heard => heard.Segment.Final)
            .Select(heard => new SpokenLine(SpeakerOn(heard.Segment.Speaker), heard.Segment.Text, heard.ArrivedAt)),
    ];

    /// <summary>The last finished suggestions, oldest first.</summary>
    public IReadOnlyList<FinishedSuggestionView> Suggestions => [.. suggestions.Select(finished => finished.Suggestion)];

    /// <summary>Counts what became of the suggestions.</summary>
    public CallTally Tally { get; } = new();

    /// <summary>Who speaks on a channel now.</summary>
    /// <param name="channel">The speaker the client named.</param>
    /// <returns>The speaker it is, after any swap.</returns>
    public Speaker SpeakerOn(Speaker channel) => settings.SpeakerOn(channel);

    /// <summary>Adds a segment.</summary>
    /// <param name="now">When it arrived, on the call's clock.</param>
    /// <param name="said">The words as they were said, where something was removed; null where nothing was.</param>
    public SegmentNovelty Add(TranscriptSegment segment, TimeSpan now, string? said = null)
    {
        var heard = new HeardSegment(segment, now, said);
        var key = (segment.Speaker, segment.SegmentId);
        if (!bySegment.TryGetValue(key, out var known))
        {
            bySegment[key] = segments.AddLast(heard);
            Trim();
            return SegmentNovelty.New;
        }

        if (!known.Value.Segment.Final)
        {
            known.Value = heard;
            return SegmentNovelty.New;
        }

        if (known.Value.Segment.EndsTurn() || !segment.EndsTurn())
        {
            return SegmentNovelty.Known;
        }

        known.Value = heard with { ArrivedAt = known.Value.ArrivedAt };
        return SegmentNovelty.EndsTurnNow;
    }

    /// <summary>Applies any other input that changes what is remembered; the rest is ignored.</summary>
    public void Apply(CallInput input)
    {
        Tally.Record(input);
        settings = settings.After(input);
        switch (input)
        {
            case BriefChanged changed:
                Brief = changed.Brief;
                break;
            case SegmentRemoved removed when bySegment.Remove((removed.Channel, removed.SegmentId), out var node):
                segments.Remove(node);
                break;
            case PauseSet when Paused:
                ForgetInterims();
                break;
            case FeedbackGiven { Feedback: var feedback }:
                Change(feedback.SuggestionId, suggestion => suggestion with { Feedback = feedback.Kind });
                break;
            case SayingHeard said:
                Change(said.SuggestionId, suggestion => suggestion with { Said = true });
                break;
            case SummaryMade made:
                Summary = new ConversationSummary(made.Text, TimeSpan.FromMilliseconds(made.UntilMs));
                break;
            case SuggestionFinished finished when !suggestions.Exists(s => s.Suggestion.SuggestionId == finished.Suggestion.SuggestionId):
                suggestions.Add(finished);
                if (suggestions.Count > SuggestionsKept)
                {
                    suggestions.RemoveAt(0);
                }

                break;
        }
    }

    /// <summary>The segment of a speaker that was heard last; null when there is none.</summary>
    public HeardSegment? LatestOf(Speaker speaker)
    {
        var node = segments.Last;
        while (node is not null && SpeakerOn(node.Value.Segment.Speaker) != speaker)
        {
            node = node.Previous;
        }

        return node?.Value;
    }

    /// <summary>What a speaker said lately, as one text.</summary>
    /// <param name="since">From when on, on the call's clock.</param>
    /// <returns>The words; empty when there are none.</returns>
    public string WordsOf(Speaker speaker, TimeSpan since) =>
        string.Join(' ', SegmentsOf(speaker, since).Select(heard => heard.Segment.Text));

    /// <summary>What a speaker said lately, oldest first.</summary>
    /// <param name="since">From when on, on the call's clock.</param>
    public IReadOnlyList<HeardSegment> SegmentsOf(Speaker speaker, TimeSpan since)
    {
        var recent = new List<HeardSegment>();
        for (var node = segments.Last; node is not null && node.Value.ArrivedAt >= since; node = node.Previous)
        {
            if (SpeakerOn(node.Value.Segment.Speaker) == speaker)
            {
                recent.Add(node.Value);
            }
        }

        recent.Reverse();
        return recent;
    }

    /// <summary>The finished suggestions that were shown lately, oldest first.</summary>
    /// <param name="since">From when on, on the call's clock.</param>
    public IEnumerable<SuggestionFinished> SuggestedSince(TimeSpan since) =>
        suggestions.Where(finished => finished.AtMs >= since.TotalMilliseconds);

    /// <summary>The last words of turns that are remembered.</summary>
    public string TextOf(IReadOnlyList<string> turnIds) => string.Join(
        ' ',
        segments.Select(heard => heard.Segment)
            .Where(segment => turnIds.Contains(segment.SegmentId, StringComparer.Ordinal)).Select(segment => segment.Text));

    /// <summary>Whether this card's text is on the screen as the last suggestion, so that to suggest it again would not help.</summary>
    public bool ShowsAnswerFrom(string cardId) =>
        Card?.CardId == cardId
        && suggestions.Count > 0
        && suggestions[^1].Suggestion.CardId == cardId;

    /// <summary>The last finished suggestions that the rep has not said.</summary>
    /// <param name="since">Only those shown from then on, on the call's clock.</param>
    public IReadOnlyList<SuggestionFinished> Unsaid(TimeSpan since) =>
        [.. suggestions.Where(finished => !finished.Suggestion.Said && finished.AtMs >= since.TotalMilliseconds)];

    /// <summary>The state of the call, for a client that missed events.</summary>
    /// <param name="open">The open suggestion; null when none is open.</param>
    /// <param name="now">The call's clock.</param>
    public Restored Snapshot(OpenSuggestionView? open, CallStatus status, TimeSpan now) => new(
        [.. segments.Select(heard => View(heard.Segment, heard.Said))],
        open,
        Suggestions,
        Card,
        Brief,
        status,
        (long)now.TotalMilliseconds);

    void Change(string suggestionId, Func<FinishedSuggestionView, FinishedSuggestionView> change)
    {
        var index = suggestions.FindIndex(finished => finished.Suggestion.SuggestionId == suggestionId);
        if (index >= 0)
        {
            suggestions[index] = suggestions[index] with { Suggestion = change(suggestions[index].Suggestion) };
        }
    }

    // The rep sees what was said for as long as this owner remembers it.
    SegmentView View(TranscriptSegment segment, string? said) =>
        new(segment.SegmentId, SpeakerOn(segment.Speaker), said ?? segment.Text, segment.Final, segment.StartMs, segment.EndMs);

    /// <summary>An interim segment that a pause cuts off never becomes final: its words are off the record.</summary>
    void ForgetInterims()
    {
        foreach (var heard in segments.Where(heard => !heard.Segment.Final).ToList())
        {
            bySegment.Remove((heard.Segment.Speaker, heard.Segment.SegmentId));
            segments.Remove(heard);
        }
    }

    void Trim()
    {
        while (segments.Count > SegmentsKept)
        {
            var oldest = segments.First!.Value.Segment;
            bySegment.Remove((oldest.Speaker, oldest.SegmentId));
            segments.RemoveFirst();
        }
    }
}

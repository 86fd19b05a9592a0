using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Rehearsal;

namespace Teleprompter.Gateway.Reports;

/// <summary>Makes the report of a call from its entries in the store.</summary>
public static class CallReports
{
    public static CallReport Of(StoredCall call)
    {
        var tally = new CallTally();
        call.Entries.ToList().ForEach(entry => tally.Record(entry));
        var transcript = Transcript(call.Entries);
        if (call.Record.Rehearsal is not null)
        {
            // Words that the buyer cut off are final after the words that cut them off.
            transcript = [.. transcript.OrderBy(said => said.StartMs)];
        }

        var summed = call.Entries.OfType<CallSummed>().LastOrDefault();
        return new(
            call.Record.StartedAt,
            call.Entries.OfType<BriefChanged>().LastOrDefault()?.Brief ?? call.Record.Brief,
            summed?.Summary,
            summed?.Pending ?? false,
            TalkTime.Of(transcript),
            Cards(call.Entries, tally.Cards),
            Suggestions(call.Entries),
            transcript,
            call.Consent)
        {
            ScoreCard = call.Record.Rehearsal is null
                ? null
                : ScoreCards.Of(transcript, [.. call.Entries.OfType<BuyerCutIn>().Select(cutIn => cutIn.CutOff)]),
        };
    }

    /// <summary>The same final may be stored twice, the second time with the end of its turn.</summary>
    static IReadOnlyList<SegmentView> Transcript(IReadOnlyList<CallInput> entries)
    {
        var settings = CallSettings.Of(entries);
        var removed = entries.OfType<SegmentRemoved>().Select(it => (it.Channel, it.SegmentId)).ToHashSet();
        return
        [
            .. from segment in entries.OfType<SegmentHeard>().Select(heard => heard.Segment).DistinctBy(it => (it.Speaker, it.SegmentId))
               where !removed.Contains((segment.Speaker, segment.SegmentId))
               let speaker = settings.SpeakerOn(segment.Speaker)
               select new SegmentView(segment.SegmentId, speaker, segment.Text, segment.Final, segment.StartMs, segment.EndMs),
        ];
    }

    static IReadOnlyList<ReportCard> Cards(IReadOnlyList<CallInput> entries, IReadOnlyList<CardTally> tallies)
    {
        var cards = entries.OfType<CardCameUp>().Select(came => came.Card).DistinctBy(card => card.CardId, StringComparer.Ordinal).ToList();
        var nothing = new CardTally(null, 0, 0, 0, 0, 0);
        return
        [
            .. from card in cards
               let tally = tallies.FirstOrDefault(tally => tally.CardId == card.CardId) ?? nothing
               select new ReportCard(card.CardId, card.Title, card.Fact, card.Source, tally.Suggested, tally.Said, tally.Used),
            .. from tally in tallies
               where tally.CardId is not null && !cards.Exists(card => card.CardId == tally.CardId)
               select new ReportCard(tally.CardId!, Title: null, Fact: null, Source: null, tally.Suggested, tally.Said, tally.Used),
        ];
    }

    static IReadOnlyList<ReportSuggestion> Suggestions(IReadOnlyList<CallInput> entries)
    {
        var said = entries.OfType<SayingHeard>().Select(heard => heard.SuggestionId).ToHashSet(StringComparer.Ordinal);
        var feedback = entries.OfType<FeedbackGiven>().ToLookup(given => given.Feedback.SuggestionId, StringComparer.Ordinal);
        return
        [
            .. from finished in entries.OfType<SuggestionFinished>().DistinctBy(it => it.Suggestion.SuggestionId, StringComparer.Ordinal)
               let id = finished.Suggestion.SuggestionId
               let view = finished.Suggestion with { Said = said.Contains(id), Feedback = feedback[id].LastOrDefault()?.Feedback.Kind }
               select new ReportSuggestion(finished.AtMs, view, finished.TurnIds),
        ];
    }
}

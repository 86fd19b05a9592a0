using System.Diagnostics.Metrics;
using System.Text.Json;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Telemetry;

/// <summary>The worker's counters. Nothing is lost silently: every drop, merge, cancel and refusal is counted with its reason.</summary>
public static class WorkerTelemetry
{
    public const string MeterName = "Teleprompter.InferenceWorker";

    static readonly Meter Meter = new(MeterName);

    public static Counter<long> Turns { get; } = Meter.CreateCounter<long>(
        "teleprompter.turns", "{turn}", "Customer turns by outcome and reason.");

    public static Counter<long> Cards { get; } = Meter.CreateCounter<long>("teleprompter.cards", "{card}", "Playbook cards shown.");

    static readonly Counter<long> CardsHeld = Meter.CreateCounter<long>(
        "teleprompter.cards.held", "{card}", "Cards that waited for the rep's attention, by what became of them.");

    static readonly Counter<long> Suggestions = Meter.CreateCounter<long>(
        "teleprompter.suggestions", "{suggestion}", "Suggestions completed by source and the card they stand on.");

    static readonly Counter<long> Unsupported = Meter.CreateCounter<long>(
        "teleprompter.suggestions.unsupported", "{suggestion}", "Suggestions with figures, dates or promises that nothing supports.");

    static readonly Counter<long> Sayings = Meter.CreateCounter<long>(
        "teleprompter.suggestions.said", "{suggestion}", "Suggestions that the rep then said, by the card they stand on.");

    static readonly Counter<long> Feedback = Meter.CreateCounter<long>(
        "teleprompter.suggestions.feedback", "{click}", "What reps did with suggestions, by kind and the card they stand on.");

    public static Counter<long> Withdrawn { get; } = Meter.CreateCounter<long>(
        "teleprompter.suggestions.withdrawn", "{suggestion}", "Suggestions withdrawn by reason.");

    static readonly Counter<long> Coalesced = Meter.CreateCounter<long>(
        "teleprompter.turns.coalesced", "{turn}", "Deserving turns that came while an answer was being written, by what they did to it.");

    static readonly Counter<long> MatchesDropped = Meter.CreateCounter<long>(
        "teleprompter.matches.dropped", "{match}", "Words of customers that were not matched to a card by reason.");

    static readonly Counter<long> Compared = Meter.CreateCounter<long>(
        "teleprompter.answers.compared", "{answer}", "Answers like an earlier suggestion, by what a comparison with it found.");

    static readonly Histogram<double> Matched = Meter.CreateHistogram(
        "teleprompter.matches.duration",
        "s",
        "Time to compare words with the cards, by whether they are a whole turn.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32] });

    static readonly Counter<long> Summed = Meter.CreateCounter<long>(
        "teleprompter.calls.summed", "{call}", "Ended calls that the summary model was asked to sum up, by whether it did.");

    static readonly Counter<long> InputsDropped = Meter.CreateCounter<long>(
        "teleprompter.inputs.dropped", "{input}", "Call inputs dropped by reason.");

    static readonly Counter<long> NotKept = Meter.CreateCounter<long>(
        "teleprompter.store.not_kept", "{entry}", "Entries the store did not keep by reason.");

    static readonly Counter<long> Fenced = Meter.CreateCounter<long>(
        "teleprompter.events.fenced", "{event}", "Events not sent because the worker's lease had run out or its call was taken over.");

    /// <summary>A value as labels show it: in camelCase, as on the wire.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Counts a completed suggestion.</summary>
    /// <param name="cardId">The card it stands on; null for none.</param>
    /// <param name="unsupported">It is marked, since nothing supports a figure, date or promise of it.</param>
    public static void Suggest(SuggestionSource source, string? cardId, bool unsupported)
    {
        Suggestions.Add(1, new("source", Word(source)), CardOf(cardId));
        Unsupported.Add(unsupported ? 1 : 0);
    }

    /// <summary>Counts a card that waited for the rep's attention.</summary>
    /// <param name="outcome">shown, replaced or expired.</param>
    public static void HoldCard(string outcome) => CardsHeld.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>Counts an ended call that a model was asked to sum up.</summary>
    public static void SumUp(bool written) => Summed.Add(1, new KeyValuePair<string, object?>("outcome", written ? "written" : "failed"));

    /// <summary>Counts words that were compared with the cards.</summary>
    /// <param name="whole">They are a whole turn.</param>
    public static void Match(TimeSpan took, bool whole) =>
        Matched.Record(took.TotalSeconds, new KeyValuePair<string, object?>("turn", whole ? "whole" : "unfinished"));

    /// <summary>Counts words that were not compared with the cards by meaning.</summary>
    public static void DropMatch(string reason) => MatchesDropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts an answer that was compared with earlier suggestions.</summary>
    /// <param name="found">repeats, new or late.</param>
    public static void Compare(string found) => Compared.Add(1, new KeyValuePair<string, object?>("found", found));

    /// <summary>Counts a suggestion that the rep said.</summary>
    /// <param name="cardId">The card it stands on; null for none.</param>
    public static void Say(string? cardId) => Sayings.Add(1, CardOf(cardId));

    /// <summary>Counts what a rep did with a suggestion.</summary>
    /// <param name="cardId">The card it stands on; null for none.</param>
    public static void React(FeedbackKind kind, string? cardId) => Feedback.Add(1, new("kind", Word(kind)), CardOf(cardId));

    /// <summary>Counts an event that was not sent.</summary>
    public static void Fence() => Fenced.Add(1);

    /// <summary>Counts an entry that the store did not keep.</summary>
    public static void FailToKeep(string reason) => NotKept.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts an input that was not handled.</summary>
    public static void DropInput(string reason) => InputsDropped.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Counts a deserving turn that came while an answer was being written.</summary>
    /// <param name="step">replaces or waits.</param>
    public static void Coalesce(string step) => Coalesced.Add(1, new KeyValuePair<string, object?>("step", step));

    // The team wrote the ids of its cards; there are as many as it has cards.
    static KeyValuePair<string, object?> CardOf(string? cardId) => new("card", cardId ?? "none");
}

using Teleprompter.Contracts;

namespace Teleprompter.Tests.Load;

/// <summary>What a rep's screen showed, from the events of the call. Times in milliseconds; null for what never came.</summary>
sealed class Screen(IReadOnlyList<HeardEvent> heard)
{
    readonly Dictionary<string, double> cards = First<CardShown>(heard, shown => [shown.TurnId]);
    readonly Dictionary<string, double> settled = First<TurnSettled>(heard, settled => [settled.TurnId]);
    readonly Dictionary<string, double> suggestions = First<SuggestionStarted>(heard, started => started.TurnIds);
    readonly Dictionary<string, double> firstWords = FirstWords(heard);

    public IReadOnlyList<HeardEvent> Heard => heard;

    public double? CardMs(SaidTurn turn) => Find(cards, turn);

    public double? SettledMs(SaidTurn turn) => Find(settled, turn);

    /// <summary>When the first suggestion began that answers the turn, alone or with others.</summary>
    public double? SuggestionMs(SaidTurn turn) => Find(suggestions, turn);

    /// <summary>When the first words came of a suggestion whose newest turn it is.</summary>
    public double? FirstWordsMs(SaidTurn turn) => Find(firstWords, turn);

    /// <summary>How it ended; null when it did not.</summary>
    public TurnSettled? Settled(SaidTurn turn) =>
        heard.Select(one => one.Event).OfType<TurnSettled>().FirstOrDefault(one => one.TurnId == turn.Id);

    /// <summary>When, from a moment on, the status first says that the model does not answer.</summary>
    public double? PlaybookOnlyMs(double fromMs)
    {
        var model = ModelState.Ready;
        foreach (var (atMs, callEvent) in heard)
        {
            if (atMs > fromMs && model != ModelState.Ready)
            {
                return fromMs;
            }

            model = callEvent is StatusChanged { Status: var status } ? status.Model : model;
            if (atMs >= fromMs && model != ModelState.Ready)
            {
                return atMs;
            }
        }

        return model != ModelState.Ready ? fromMs : null;
    }

    /// <summary>The events of a kind, since a moment.</summary>
    public IEnumerable<(double AtMs, T Event)> Of<T>(double sinceMs = 0)
        where T : CallEvent => heard.Where(one => one.AtMs >= sinceMs && one.Event is T).Select(one => (one.AtMs, (T)one.Event));

    static Dictionary<string, double> First<T>(IReadOnlyList<HeardEvent> heard, Func<T, IEnumerable<string>> turnsOf)
        where T : CallEvent
    {
        var first = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var (atMs, callEvent) in heard)
        {
            foreach (var turn in callEvent is T found ? turnsOf(found) : [])
            {
                first.TryAdd(turn, atMs);
            }
        }

        return first;
    }

    static Dictionary<string, double> FirstWords(IReadOnlyList<HeardEvent> heard)
    {
        var newest = heard.Select(one => one.Event).OfType<SuggestionStarted>()
            .ToDictionary(started => started.SuggestionId, started => started.TurnIds[^1], StringComparer.Ordinal);
        return First<SuggestionDelta>(heard, delta => newest.TryGetValue(delta.SuggestionId, out var turn) ? [turn] : []);
    }

    static double? Find(Dictionary<string, double> times, SaidTurn turn) => times.TryGetValue(turn.Id, out var atMs) ? atMs : null;
}

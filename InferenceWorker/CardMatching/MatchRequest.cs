using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>Words of the customer that want a card. Two requests are never the same.</summary>
/// <param name="whole">The turn has ended; words of an unfinished one are replaced by newer ones.</param>
public sealed class MatchRequest(string text, bool whole) : Comparison(whole ? ComparisonKind.Turn : ComparisonKind.UnfinishedTurn)
{
    public string Text => text;

    public bool Whole => whole;

    /// <summary>Cards that the rep said lately, and the customer's words that each answered.</summary>
    public IReadOnlyList<(string CardId, string Turn)> Said { get; init; } = [];

    public override CallInput Answer(PlaybookEdition playbook, PassageVectors recent)
    {
        var started = Stopwatch.GetTimestamp();
        var best = playbook.Best(text, recent);
        WorkerTelemetry.Match(Stopwatch.GetElapsedTime(started), whole);
        return new CardMatched(this, best, playbook.Version)
        {
            Notes = playbook.Vectors is { } vectors ? playbook.Notes.Find(text, vectors, recent) : [],
            Repeats = Repeats(best?.Card.Id, playbook.Vectors, recent),
        };
    }

    bool Repeats(string? cardId, TextVectors? vectors, PassageVectors recent)
    {
        var before = Said.Where(card => card.CardId == cardId).ToList();
        return before.Count > 0 && !before.Exists(card => AskedAgain.Is(text, card.Turn, vectors, recent));
    }
}

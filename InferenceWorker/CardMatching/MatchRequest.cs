namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>Words of the customer that want a card. Two requests are never the same.</summary>
/// <param name="whole">The turn has ended; words of an unfinished one are replaced by newer ones.</param>
public sealed class MatchRequest(string text, bool whole)
{
    public string Text => text;

    public bool Whole => whole;
}

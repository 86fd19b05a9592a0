namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>What the rep has said since the buyer last spoke, as far as it is known.</summary>
/// <param name="Asked">What the buyer's last words asked; null for nothing.</param>
/// <param name="BeganAt">When the first word was spoken, on the call's clock.</param>
/// <param name="Words">All words so far, interim ones too.</param>
/// <param name="LastQuestionAt">When the rep last asked something; null for not yet.</param>
public sealed record RepSpeech(string? Asked, TimeSpan BeganAt, string Words, TimeSpan? LastQuestionAt = null)
{
    /// <summary>Since when the rep has spoken without asking anything.</summary>
    public TimeSpan TellsSince => LastQuestionAt ?? BeganAt;

    /// <summary>The rep's last words are a question: it is the buyer's turn anyway.</summary>
    public bool EndsInQuestion => Words.AsSpan().TrimEnd().EndsWith("?");

    /// <summary>The speech after more words, or corrected ones.</summary>
    /// <param name="words">All words so far.</param>
    /// <param name="now">The call's clock.</param>
    public RepSpeech With(string words, TimeSpan now) => this with
    {
        Words = words,
        LastQuestionAt = words.AsSpan().Count('?') > Words.AsSpan().Count('?') ? now : LastQuestionAt,
    };
}

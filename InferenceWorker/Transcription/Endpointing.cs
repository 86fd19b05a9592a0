using Teleprompter.Contracts.TurnTaking;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// When a voice has come to an end: <see cref="TurnEnd"/> for heard speech. The voice's own end is known to 10 ms here, which text that a
/// client sends does not tell, so the waits count from it and are shorter.
/// </summary>
public static class Endpointing
{
    /// <summary>
    /// A silence after which words are asked for: 120 ms. It is longer than the closure of a plosive, and leaves time to answer before
    /// <see cref="AfterSentence"/>.
    /// </summary>
    public static readonly TimeSpan BeforeRequest = TimeSpan.FromMilliseconds(120);

    /// <summary>
    /// The shortest silence that ends an utterance whose end the client did not mark: 200 ms, above most pauses at a comma.
    /// </summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    /// <summary>After a sentence: 330 ms, so that 350 hold with the error of the voice's end.</summary>
    public static readonly TimeSpan AfterSentence = TimeSpan.FromMilliseconds(330);

    /// <summary>After words without punctuation: 560 ms. Also the silence that parts two stretches whose words are not known yet.</summary>
    public static readonly TimeSpan AfterWords = TimeSpan.FromMilliseconds(560);

    /// <summary>The silence after these words at which the turn counts as over, from the end of the voice.</summary>
    /// <param name="language">BCP 47 tag; null means English.</param>
    public static TimeSpan PauseAfter(string text, string? language)
    {
        var pause = TurnEnd.PauseAfter(text, language);
        return pause == TurnEnd.AfterSentence ? AfterSentence : pause == TurnEnd.AfterWords ? AfterWords : pause;
    }
}

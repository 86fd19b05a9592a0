namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>A turn that is being said aloud. Nothing here waits.</summary>
public interface ISpeechTurn
{
    /// <summary>Says whatever of the text can stand alone and was not said yet.</summary>
    /// <param name="text">All words so far.</param>
    /// <param name="ended">No more words come.</param>
    /// <returns>How many characters of it are said by now, or will be.</returns>
    int Write(string text, bool ended);

    /// <summary>How much of the text was heard.</summary>
    /// <param name="played">How long the listener's client played sound of the turn; null where it did not say.</param>
    /// <returns>A number of characters.</returns>
    int Heard(TimeSpan? played);
}

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>A turn that is being said aloud. Nothing here waits.</summary>
public interface ISpeechTurn
{
    /// <summary>Says whatever of the text can stand alone and was not said yet.</summary>
    /// <param name="text">All words so far.</param>
    /// <param name="ended">No more words come.</param>
    /// <returns>How many characters of it are said by now, or will be.</returns>
    int Write(string text, bool ended);

    /// <summary>What was heard, as far as the client has told.</summary>
    string Heard { get; }

    /// <summary>The client tells how long it has played sound of the turn.</summary>
    void Report(TimeSpan played);
}

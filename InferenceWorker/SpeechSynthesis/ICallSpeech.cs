namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>What says a call's turns aloud, as its pipeline sees it.</summary>
public interface ICallSpeech
{
    /// <summary>
    /// Begins a turn. It comes back as one <see cref="TurnSpoken"/> when all was played, or when the rest of it is text; never after a
    /// cancellation, which closes the stream and tells the listener to be silent.
    /// </summary>
    /// <param name="voice">The voice; null for the worker's.</param>
    ISpeechTurn Begin(string turnId, string? voice, CancellationToken cancellation);
}

namespace Teleprompter.Contracts;

/// <summary>What a client hears.</summary>
public interface ICallClient
{
    /// <summary>One event of the call, in the order of its numbers.</summary>
    /// <param name="callEvent">The event.</param>
    /// <returns>When written to the connection.</returns>
    Task Receive(CallEvent callEvent);

    /// <summary>A moment of the buyer's voice in a rehearsal that was started with <see cref="RehearsalRequest.Voice"/>.</summary>
    /// <returns>When written to the connection.</returns>
    Task ReceiveSpeech(SpeechFrame frame);
}

using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Says one call's turns aloud: frames go to the listener beside the call's events, the end into the call's mailbox.</summary>
/// <param name="send">Takes the frames, in their order.</param>
public sealed class CallSpeech(SpeechStage stage, Action<SpeechFrame> send, Func<CallInput, bool> post) : ICallSpeech
{
    public ISpeechTurn Begin(string turnId, string? voice, CancellationToken cancellation)
    {
        var turn = new SpeechTurn(turnId, voice, stage, send, cancellation);
        _ = Run(turnId, turn);
        return turn;
    }

    async Task Run(string turnId, SpeechTurn turn)
    {
        // It belongs to no suggestion.
        Activity.Current = null;
        try
        {
            var heard = await turn.Run();
            SynthesisTelemetry.End(heard ? "complete" : "unheard");
            post(new TurnSpoken(turnId, Failed: false) { Unheard = !heard });
        }
        catch (SynthesisException)
        {
            SynthesisTelemetry.End("failed");
            post(new TurnSpoken(turnId, Failed: true));
        }
        catch (OperationCanceledException)
        {
            SynthesisTelemetry.End("stopped");
        }
    }
}

using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>Accepts audio: one stream at a time, within the connection's budget, however often it opens a stream.</summary>
public sealed class AudioIntake(
    LiveCalls calls, CallRouter router, ConsentGate consents, IOptions<RateLimitOptions> options, TimeProvider time)
{
    /// <summary>Accepts the frames of a stream.</summary>
    /// <returns>When the stream or its connection has ended.</returns>
    /// <exception cref="HubException">A frame is not valid, the budget is spent, or the connection has a stream already.</exception>
    public async Task Accept(HubCallerContext connection, IAsyncEnumerable<AudioFrame> frames)
    {
        try
        {
            var call = calls.Get(connection.ConnectionId);
            using var budget = Open(connection);
            await foreach (var frame in frames.WithCancellation(connection.ConnectionAborted))
            {
                MessageRules.Require(
                    MessageRules.Problem(frame)
                    ?? MessageRules.SpeakerProblem(call.Record.Rehearsal, frame.Speaker)
                    ?? options.Value.LengthProblem(call.Clock.Now));
                consents.Require(call);
                budget.Spend(frame);
                Accept(call, frame);
            }
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            // A stream usually ends with its connection.
        }
        catch
        {
            _ = Discard(frames, connection.ConnectionAborted);
            throw;
        }
    }

    /// <summary>
    /// Reads the rest of a refused stream. SignalR lets the connection wait for room in a stream, and closes it when the method has ended
    /// meanwhile: a refusal would cost more than its stream.
    /// </summary>
    public static async Task Discard(IAsyncEnumerable<AudioFrame> frames, CancellationToken gone)
    {
        try
        {
            await foreach (var _ in frames.WithCancellation(gone))
            {
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HubException)
        {
            // The stream ended with its connection, or with a frame that could not be read.
        }
    }

    /// <summary>Never waits: a stream that did would hold up the client's other messages.</summary>
    void Accept(LiveCall call, AudioFrame frame)
    {
        if (call.OffTheRecord is not false)
        {
            GatewayTelemetry.Refuse("offTheRecord");
            return;
        }

        using var span = frame.EndOfSpeech ? Tracing.Receive(nameof(ICallHub.SendAudio), traceparent: null) : null;
        call.Audio.Send(frame, call.Clock.Now, heard => _ = router.Send(call, heard));
    }

    AudioBudget Open(HubCallerContext connection)
    {
        var budget = BudgetOf(connection);
        if (budget.TryOpen())
        {
            return budget;
        }

        GatewayTelemetry.Refuse("secondAudioStream");
        throw new HubException("This connection streams audio already. Send both voices in one stream.");
    }

    AudioBudget BudgetOf(HubCallerContext connection)
    {
        lock (connection.Items)
        {
            if (connection.Items[typeof(AudioBudget)] is not AudioBudget budget)
            {
                connection.Items[typeof(AudioBudget)] = budget = new AudioBudget(options.Value, time);
            }

            return budget;
        }
    }
}

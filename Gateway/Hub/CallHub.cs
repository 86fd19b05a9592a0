using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Telemetry;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.Gateway.Hub;

/// <summary>What a client may say. Every method judges, passes on and returns.</summary>
/// <param name="door">Lets clients in.</param>
/// <param name="calls">Who holds which call.</param>
/// <param name="intake">Takes what they say.</param>
/// <param name="audio">Limits their voices.</param>
public sealed class CallHub(CallOpener door, LiveCalls calls, CallIntake intake, AudioGate audio) : Hub<ICallClient>, ICallHub
{
    LiveCall Call => calls.Of(Context.ConnectionId);

    /// <inheritdoc/>
    public async Task<StartCallReply> StartCall(StartCallRequest request)
    {
        CallIntake.Refuse(MessageRules.Problem(request));
        CallIntake.Refuse(calls.Has(Context.ConnectionId) ? "This connection has a call already. Open another connection for another call." : null);
        var (call, reply) = await door.Open(request, Context);
        await calls.Attach(call, Context);
        return reply;
    }

    /// <inheritdoc/>
    public Task SendTranscript(TranscriptSegment segment) => intake.Hear(Call, segment);

    /// <inheritdoc/>
    public async Task SendAudio(IAsyncEnumerable<AudioFrame> frames)
    {
        var call = Call;
        using var budget = audio.Enter(Context);
        try
        {
            await foreach (var frame in frames.WithCancellation(Context.ConnectionAborted))
            {
                CallIntake.Refuse(MessageRules.Problem(frame));
                budget.Spend(frame);
                intake.Hear(call, frame);
            }
        }
        catch (OperationCanceledException) when (Context.ConnectionAborted.IsCancellationRequested)
        {
            // The usual end of a stream is that of its connection; nobody is left to be told.
        }
    }

    /// <inheritdoc/>
    public Task UpdateBrief(CallBrief brief) => intake.Take(Call, new BriefChanged(brief), MessageRules.Problem(brief));

    /// <inheritdoc/>
    public Task SendFeedback(SuggestionFeedback feedback) => intake.Take(Call, new FeedbackGiven(feedback), MessageRules.Problem(feedback));

    /// <inheritdoc/>
    public Task Acknowledge(Progress progress)
    {
        CallIntake.Refuse(MessageRules.Problem(progress));
        if (progress.NetworkMs is { } network)
        {
            GatewayTelemetry.Network.Record(network / 1000);
        }

        if (progress.RenderMs is { } render)
        {
            GatewayTelemetry.Render.Record(render / 1000);
        }

        if (calls.Has(Context.ConnectionId))
        {
            calls.Note(Call, progress);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task SuggestNow()
    {
        using var span = Tracing.Receive(nameof(SuggestNow), traceparent: null);
        await intake.Pass(Call, new SuggestNowAsked());
    }

    /// <inheritdoc/>
    public Task Pause() => intake.Take(Call, Call.Settings.SetPaused(paused: true, Call.NowMs));

    /// <inheritdoc/>
    public Task Resume() => intake.Take(Call, Call.Settings.SetPaused(paused: false, Call.NowMs));

    /// <inheritdoc/>
    public Task SwapSpeakers() => intake.Take(Call, Call.Settings.SwapAgain(Call.NowMs));

    /// <inheritdoc/>
    public Task Resync() => intake.Pass(Call, new SnapshotAsked(Context.ConnectionId));

    /// <inheritdoc/>
    public Task EndCall() => intake.Take(Call, new CallClosed());

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception) => calls.Detach(Context.ConnectionId);
}

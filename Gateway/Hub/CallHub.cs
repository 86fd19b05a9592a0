using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;

namespace Teleprompter.Gateway.Hub;

/// <summary>The methods that a client may invoke, at <c>/hubs/call</c>.</summary>
public sealed class CallHub(CallOpener opener, LiveCalls calls, CallIntake intake, AudioIntake audio) : Hub<ICallClient>, ICallHub
{
    LiveCall Call => calls.Get(Context.ConnectionId);

    /// <inheritdoc/>
    public Task<StartCallReply> StartCall(StartCallRequest request) => opener.Open(request, Context);

    /// <inheritdoc/>
    public Task SendTranscript(TranscriptSegment segment) => intake.Accept(Call, segment);

    /// <inheritdoc/>
    public Task SendAudio(IAsyncEnumerable<AudioFrame> frames) => audio.Accept(Context, frames);

    /// <inheritdoc/>
    public Task UpdateBrief(CallBrief brief) => intake.Accept(Call, new BriefChanged(brief), MessageRules.Problem(brief));

    /// <inheritdoc/>
    public Task SendFeedback(SuggestionFeedback feedback) => intake.Accept(Call, new FeedbackGiven(feedback), MessageRules.Problem(feedback));

    /// <inheritdoc/>
    public Task Acknowledge(Progress progress) => intake.Acknowledge(calls.Find(Context.ConnectionId), progress);

    /// <inheritdoc/>
    public Task SuggestNow() => intake.Forward(Call, new SuggestNowAsked());

    /// <inheritdoc/>
    public Task Pause() => intake.Accept(Call, Call.Settings.SetPaused(paused: true, Call.NowMs));

    /// <inheritdoc/>
    public Task Resume() => intake.Accept(Call, Call.Settings.SetPaused(paused: false, Call.NowMs));

    /// <inheritdoc/>
    public Task SwapSpeakers() => intake.Accept(Call, Call.Settings.SwapAgain(Call.NowMs));

    /// <inheritdoc/>
    public Task Resync() => intake.Forward(Call, new SnapshotAsked(Context.ConnectionId));

    /// <inheritdoc/>
    public Task EndCall() => intake.Accept(Call, new CallClosed());

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception) => calls.Detach(Context.ConnectionId);
}

using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Hub;

/// <summary>The methods that a client may invoke, at <c>/hubs/call</c>.</summary>
public sealed class CallHub(
    CallOpener opener, LiveCalls calls, CallIntake intake, AudioIntake audio, ConsentIntake consents, ConnectionSignIn signIn)
    : Hub<ICallClient>, ICallHub
{
    LiveCall Call => calls.Get(Context.ConnectionId);

    SignedInUser User => SignedInUser.Of(Context.User);

    public async Task<StartCallReply> StartCall(StartCallRequest request)
    {
        var reply = await opener.Open(request, Context);
        await consents.RecordMissing(Call, request.Consent, User);
        return reply;
    }

    public Task RecordConsent(Consent consent) => consents.Record(Call, consent, User);

    public Task RevokeConsent() => consents.Revoke(Call, User);

    public Task SendTranscript(TranscriptSegment segment) => intake.Accept(Call, segment);

    public Task SendAudio(IAsyncEnumerable<AudioFrame> frames) => audio.Accept(Context, frames);

    public Task UpdateBrief(CallBrief brief) => intake.Accept(Call, new BriefChanged(brief), MessageRules.Problem(brief));

    public Task SendFeedback(SuggestionFeedback feedback) =>
        intake.Accept(Call, new FeedbackGiven(feedback), MessageRules.Problem(feedback));

    public Task Acknowledge(Progress progress) => intake.Acknowledge(calls.Find(Context.ConnectionId), progress);

    public Task ReportSpeech(SpeechReport report) => intake.Accept(Call, report);

    public Task SuggestNow() => intake.Forward(Call, new SuggestNowAsked());

    public Task Pause() => intake.Accept(Call, Call.Settings.SetPaused(paused: true, Call.NowMs));

    public Task Resume() => intake.Accept(Call, Call.Settings.SetPaused(paused: false, Call.NowMs));

    public Task SwapSpeakers() => intake.Accept(Call, Call.Settings.SwapAgain(Call.NowMs));

    public Task Resync() => intake.Forward(Call, new SnapshotAsked(Context.ConnectionId));

    public Task EndCall() => intake.Accept(Call, new CallClosed());

    public Task RenewSignIn(string ticket) => signIn.Renew(Context, ticket);

    public override Task OnDisconnectedAsync(Exception? exception) => opener.Close(Context.ConnectionId);
}

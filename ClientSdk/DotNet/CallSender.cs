using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// All that waits to go to the gateway, and the order in which it goes once a connection is open. Every member is called under the client's
/// lock.
/// </summary>
sealed class CallSender : IDisposable
{
    readonly CallLink link;
    readonly CallState state;
    readonly Lock gate;
    readonly PendingSetting<bool> pause;
    readonly PendingSetting<CallBrief> brief;
    readonly PendingSetting<bool> revocation;

    public CallSender(
        CallLink link, CallState state, CallClientOptions options, Lock gate, Action<TranscriptSegment> finalSent, CancellationToken stop)
    {
        (this.link, this.state, this.gate) = (link, state, gate);
        Transcript = new TranscriptSender(link, options, gate, finalSent);
        Feedback = new FeedbackSender(link, options, gate, stop);
        Audio = new AudioSender(link, options, gate, stop);
        pause = new(link, options, gate, off => link.Invoke(off ? nameof(ICallHub.Pause) : nameof(ICallHub.Resume)), PauseSettled, stop);
        revocation = new(link, options, gate, _ => link.Invoke(nameof(ICallHub.RevokeConsent)), (_, confirmed) => Revoked(confirmed), stop);
        brief = new(link, options, gate, changed => link.Invoke(nameof(ICallHub.UpdateBrief), changed), BriefSettled, stop);
    }

    public TranscriptSender Transcript { get; }

    public FeedbackSender Feedback { get; }

    public AudioSender Audio { get; }

    /// <summary>Told when the gateway has deleted the call.</summary>
    public required Action Deleted { private get; init; }

    /// <summary>Whether the call is off the record, by the rep's last word.</summary>
    public bool Paused => Revoking || pause.Or(state.View.Status.Paused);

    /// <summary>The call with what the gateway has yet to confirm.</summary>
    public CallView View => state.View with { Brief = brief.Or(state.View.Brief), Status = state.View.Status with { Paused = Paused } };

    /// <summary>What the next connection starts with.</summary>
    public StartCallRequest Request => state.Request(brief.Or(state.Brief!));

    bool Revoking => revocation.Or(false);

    bool PauseWanted => pause.Or(false);

    bool ResumeWanted => !pause.Or(true);

    /// <summary>Off the record: what was begun is forgotten. The gateway is told after the finals that were said before.</summary>
    public Task Pause()
    {
        Transcript.Forget();
        Audio.Forget();
        pause.Want(true);
        return AskPause();
    }

    public Task Resume()
    {
        pause.Want(false);
        return AskResume();
    }

    public Task UpdateBrief(CallBrief changed)
    {
        brief.Want(changed);
        return brief.Ask();
    }

    public async Task RecordConsent(Consent consent)
    {
        state.Consent = consent;
        await link.Invoke(nameof(ICallHub.RecordConsent), consent);
        lock (gate)
        {
            Audio.Allow();
        }
    }

    /// <summary>Nothing leaves any more; the gateway is told until it has deleted the call.</summary>
    public Task RevokeConsent()
    {
        state.Consent = null;
        Transcript.Forget();
        Transcript.Queue.Close();
        Audio.Forget();
        Audio.Hold();
        revocation.Want(true);
        return revocation.Ask();
    }

    /// <summary>
    /// A connection is open. The brief goes first, since it counts from the next suggestion. Finals were said on the record: they go after
    /// the end of a pause, before the beginning of one, and wait while the call is off the record.
    /// </summary>
    /// <param name="anew">It is a new call, which is off the record if the call before it was.</param>
    /// <param name="wasPaused">The call was off the record when the connection was lost.</param>
    public void Open(bool anew, bool wasPaused)
    {
        if (Revoking)
        {
            link.Observe(revocation.Ask());
            return;
        }

        if (anew)
        {
            Audio.Forget();
            if (pause.Or(wasPaused))
            {
                pause.Want(true);
            }
        }

        link.Observe(brief.Ask());
        if (ResumeWanted)
        {
            link.Observe(AskResume());
        }

        Transcript.Queue.Open(offTheRecord: state.View.Status.Paused && !ResumeWanted);
        Feedback.Resend();
        Audio.Resume();
        if (PauseWanted)
        {
            link.Observe(AskPause());
        }
    }

    /// <summary>Ends open turns, and the call after the finals that wait.</summary>
    public async Task End()
    {
        Transcript.Flush();
        await WaitForFinals();
        await link.Invoke(nameof(ICallHub.EndCall));
    }

    /// <summary>The connection is gone: what must not be lost waits.</summary>
    public void Hold()
    {
        Transcript.Queue.Close();
        Audio.Hold();
    }

    public void Dispose()
    {
        Transcript.Dispose();
        Audio.Dispose();
    }

    Task AskResume()
    {
        var asked = pause.Ask();
        Transcript.Queue.SetOffTheRecord(false);
        return asked;
    }

    async Task AskPause()
    {
        await WaitForFinals();
        Task asked;
        lock (gate)
        {
            asked = pause.Ask();
            Transcript.Queue.SetOffTheRecord(Paused);
        }

        await asked;
    }

    async Task WaitForFinals()
    {
#pragma warning disable VSTHRD003 // Completes on the thread pool.
        await Transcript.Queue.Left;
#pragma warning restore VSTHRD003
    }

    void PauseSettled(bool paused, bool confirmed)
    {
        if (confirmed)
        {
            state.SetPaused(paused);
        }
        else
        {
            Transcript.Queue.SetOffTheRecord(Paused);
        }
    }

    void Revoked(bool confirmed)
    {
        if (confirmed)
        {
            Deleted();
        }
    }

    void BriefSettled(CallBrief changed, bool confirmed)
    {
        if (confirmed)
        {
            state.SetBrief(changed);
        }
    }
}

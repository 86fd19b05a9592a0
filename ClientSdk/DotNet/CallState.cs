using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// What the gateway has told of the call, and where the connection stands. Every member is called under the client's lock.
/// </summary>
sealed class CallState(CallClientOptions options)
{
    long? origin;
    long lostAt;

    public CallView View { get; private set; } = new() { Brief = options.Brief ?? CallBrief.Empty };

    /// <summary>Null where nobody has given one.</summary>
    public CallBrief? Brief { get; private set; } = options.Brief;

    /// <summary>The consent to bring along; null where nobody has given one.</summary>
    public Consent? Consent { get; set; } = options.Consent;

    /// <summary>Null until a call has been opened or named by the options.</summary>
    public CallTicket? Ticket { get; private set; } = options.Ticket;

    public ConnectionPhase Phase { get; private set; }

    public ConnectionState Connection =>
        new(Phase, Phase is ConnectionPhase.Reconnecting ? options.Time.GetElapsedTime(lostAt).TotalSeconds : 0);

    /// <summary>The call's clock; zero until the gateway has told it.</summary>
    public TimeSpan Elapsed => Clock ?? TimeSpan.Zero;

    public bool IsOver => Phase is ConnectionPhase.Ended or ConnectionPhase.Moved;

    /// <summary>What the next connection starts with.</summary>
    public StartCallRequest Request(CallBrief? brief)
    {
        var atMs = (long?)Clock?.TotalMilliseconds;
        var resume = Ticket is { } held ? new ResumeRequest(held.CallId, held.ResumeToken, View.Number, atMs) : null;
        return new StartCallRequest(brief, options.Language, resume, Consent, options.Rehearsal);
    }

    public void Connect() => Phase = ConnectionPhase.Connecting;

    /// <summary>A connection got into a call.</summary>
    /// <returns>Whether a new call began in place of the one that was to be resumed.</returns>
    public bool Open(StartCallReply reply)
    {
        var anew = Ticket is not null && !reply.Resumed;
        View = reply.Resumed ? View with { Stale = false } : new CallView { Brief = View.Brief };
        View = View with { Number = reply.Number };
        Ticket = new CallTicket(reply.CallId, reply.ResumeToken);
        SetClock(reply.ElapsedMs);
        Phase = ConnectionPhase.Open;
        return anew;
    }

    public void Lose()
    {
        if (Phase is ConnectionPhase.Open)
        {
            (Phase, lostAt) = (ConnectionPhase.Reconnecting, options.Time.GetTimestamp());
        }
    }

    public void End(ConnectionPhase last) => Phase = last;

    /// <summary>Takes an event in.</summary>
    /// <returns>Whether the event counts, and whether a snapshot must be asked for.</returns>
    public (bool Counts, bool Resync) Apply(CallEvent callEvent)
    {
        var (next, resync) = View.Apply(callEvent);
        var counts = !ReferenceEquals(next, View) && !resync;
        View = next;
        if (counts && callEvent is Restored restored)
        {
            Brief = restored.Brief;
            SetClock(restored.ElapsedMs);
        }

        return (counts, resync);
    }

    public void Apply(SuggestionFeedback feedback) => View = View.With(feedback);

    public void SetBrief(CallBrief stored) => View = View with { Brief = stored };

    public void SetPaused(bool paused) => View = View with { Status = View.Status with { Paused = paused } };

    TimeSpan? Clock => origin is { } began ? options.Time.GetElapsedTime(began) : null;

    void SetClock(long elapsedMs) => origin = options.Time.GetTimestamp() - (elapsedMs * options.Time.TimestampFrequency / 1000);
}

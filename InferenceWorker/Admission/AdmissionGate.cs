using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Admission;

/// <summary>
/// Level 3 against pile-up, across calls: a bounded number of model streams, a few calls pending behind them, the others held, oldest
/// first. Thread-safe, and never waits.
/// </summary>
public sealed class AdmissionGate : IDisposable
{
    // Bounds what a provider can do to us with one header.
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly Lock sync = new();
    readonly AdmissionOptions options;
    readonly AdmissionLine line;
    readonly Dictionary<string, AdmissionTicket> tickets = new(StringComparer.Ordinal);
    readonly TimeProvider time;
    readonly long origin;
    readonly ITimer timer;
    long number;

    /// <summary>Opens the gate.</summary>
    /// <param name="options">How many pass at once.</param>
    /// <param name="time">The clock of expiry and rate limits.</param>
    public AdmissionGate(IOptions<AdmissionOptions> options, TimeProvider time)
    {
        (this.options, this.time, origin) = (options.Value, time, time.GetTimestamp());
        line = new AdmissionLine(this.options);
        timer = time.CreateTimer(_ => Change(static _ => { }), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How full it is now.</summary>
    public AdmissionLoad Load
    {
        get
        {
            lock (sync)
            {
                return line.Load(time.GetElapsedTime(origin));
            }
        }
    }

    /// <summary>
    /// Asks for a stream. A call has one ticket: an older one of the same call is released. <paramref name="changed"/> hears of every later
    /// change of state, on any thread, outside any lock, and must return at once; two changes close together may be heard in either order,
    /// and one may be heard just after the ticket was released, so read <see cref="AdmissionTicket.State"/>.
    /// </summary>
    /// <param name="changed">Called after a change; not for the state in which the ticket is returned.</param>
    /// <param name="since">When the call's oldest unanswered turn asked (a timestamp of the same clock), which keeps its place in line;
    /// null for now. Expiry counts from now in any case: the newest text is this young.</param>
    /// <param name="last">It stands behind every call that asks without this: a rehearsal.</param>
    /// <returns>The ticket, granted, pending or held.</returns>
    public AdmissionTicket Ask(string callId, Action<AdmissionTicket> changed, long? since = null, bool last = false)
    {
        AdmissionTicket? ticket = null;
        Change(now =>
        {
            if (tickets.TryGetValue(callId, out var older))
            {
                line.Leave(older);
            }

            ticket = new(callId, changed, since is { } asked ? time.GetElapsedTime(origin, asked) : now, now, ++number) { Last = last };
            tickets[callId] = ticket;
            line.Enter(ticket);
        });
        return ticket!;
    }

    /// <summary>
    /// Asks for a stream for work that yields: a summary, or an answer begun before its turn is confirmed. It is granted at once or not at
    /// all, never where a call waits, and expires, the newest first, as soon as a call asks and finds every slot taken. It counts neither
    /// as used nor as pending.
    /// </summary>
    /// <param name="workId">Names the work; distinct from every call.</param>
    /// <param name="expired">Called when a call needs the slot; stop at once. Never called after <see cref="Promote"/> returned
    /// true.</param>
    /// <returns>The granted ticket; null when there is no room.</returns>
    public AdmissionTicket? TryAskSpare(string workId, Action<AdmissionTicket> expired)
    {
        AdmissionTicket? ticket = null;
        Change(now =>
        {
            if (line.HasRoom(now))
            {
                ticket = new(workId, expired, now, now, ++number);
                tickets[workId] = ticket;
                line.GrantSpare(ticket);
            }
        });
        return ticket;
    }

    /// <summary>
    /// Makes work that yields a call's own: what was begun ahead of a turn goes on as the turn's answer. The ticket keeps its slot, yields
    /// to nobody any longer and takes the place of the call's older ticket, which is released.
    /// </summary>
    /// <param name="ticket">Granted by <see cref="TryAskSpare"/>.</param>
    /// <returns>False when it expired or was released before, and for a ticket that yields no longer: nothing changed.</returns>
    public bool Promote(AdmissionTicket ticket, string callId)
    {
        var promoted = false;
        Change(_ =>
        {
            if (!line.Confirm(ticket))
            {
                return;
            }

            if (tickets.TryGetValue(callId, out var older))
            {
                line.Leave(older);
            }

            Forget(ticket);
            ticket.CallId = callId;
            tickets[callId] = ticket;
            promoted = true;
        });
        if (promoted)
        {
            AdmissionTelemetry.Ticket(AdmissionState.Granted, TimeSpan.Zero);
        }

        return promoted;
    }

    /// <summary>Gives a ticket back: answered, failed, cancelled or no longer wanted. Giving it back again does nothing.</summary>
    public void Release(AdmissionTicket ticket) => Change(_ =>
    {
        line.Leave(ticket);
        Forget(ticket);
    });

    /// <summary>
    /// The provider said 429: grants nothing for a while, then fewer at once, one more after every <see
    /// cref="AdmissionOptions.WidenEvery"/>.
    /// </summary>
    /// <param name="retryAfter">How long the provider asks to be left alone; null for <see cref="AdmissionOptions.ThrottledFor"/>. At most
    /// a minute counts.</param>
    public void Narrow(TimeSpan? retryAfter)
    {
        var pause = retryAfter ?? options.ThrottledFor;
        AdmissionTelemetry.Throttled();
        Change(now => line.Narrow(pause < LongestPause ? pause : LongestPause, now));
    }

    public void Dispose() => timer.Dispose();

    void Change(Action<TimeSpan> change)
    {
        List<AdmissionTicket> changed = [];
        TimeSpan now;
        long newest;
        lock (sync)
        {
            now = time.GetElapsedTime(origin);
            newest = number;
            change(now);
            var due = line.Settle(now, changed);
            foreach (var ticket in changed.Where(ticket => ticket.State == AdmissionState.Expired))
            {
                Forget(ticket);
            }

            timer.Change(due is { } then ? then - now : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        foreach (var ticket in changed)
        {
            AdmissionTelemetry.Ticket(ticket.State, now - ticket.Asked);
            if (ticket.Number <= newest)
            {
                ticket.Changed(ticket);
            }
        }
    }

    void Forget(AdmissionTicket ticket)
    {
        if (tickets.TryGetValue(ticket.CallId, out var current) && current == ticket)
        {
            tickets.Remove(ticket.CallId);
        }
    }
}

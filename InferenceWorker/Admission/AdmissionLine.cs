namespace Teleprompter.InferenceWorker.Admission;

/// <summary>
/// Level 3 against pile-up, as a decision without a clock: who is granted a stream, who is among the next few, who is held, and who
/// waited too long. Oldest first, rehearsals behind all calls. A rate limit grants nothing until its time is over and costs a slot for
/// each stream that was one too many (additive increase, additive decrease: the slots settle where the provider stops complaining). Not
/// thread-safe.
/// </summary>
sealed class AdmissionLine(AdmissionOptions options)
{
    readonly HashSet<AdmissionTicket> granted = [];
    readonly SortedSet<AdmissionTicket> waiting = new(Comparer<AdmissionTicket>.Create(
        (a, b) => (a.Last, a.Since, a.Number).CompareTo((b.Last, b.Since, b.Number))));

    readonly HashSet<AdmissionTicket> spare = [];

    // Granted are for a while more than these, after a rate limit.
    int slots = options.Slots;
    TimeSpan pausedUntil = TimeSpan.MinValue;
    TimeSpan widenAt = TimeSpan.MaxValue;

    /// <summary>How full it is.</summary>
    public AdmissionLoad Load(TimeSpan now)
    {
        Widen(now);
        var pending = Math.Min(waiting.Count, options.Pending);
        return new AdmissionLoad(slots, granted.Count - spare.Count, pending, waiting.Count - pending)
        {
            Throttled = slots < options.Slots || now < pausedUntil,
        };
    }

    /// <summary>Whether a stream could be granted that no call needs.</summary>
    public bool HasRoom(TimeSpan now) => granted.Count < slots && now >= pausedUntil && waiting.Count == 0;

    /// <summary>Grants a ticket that makes room as soon as a call needs it.</summary>
    public void GrantSpare(AdmissionTicket ticket)
    {
        ticket.State = AdmissionState.Granted;
        granted.Add(ticket);
        spare.Add(ticket);
    }

    /// <summary>The ticket yields no longer.</summary>
    /// <returns>False when it did not yield, or is not granted any more.</returns>
    public bool Confirm(AdmissionTicket ticket) => spare.Remove(ticket);

    /// <summary>Enters a ticket; <see cref="Settle"/> decides how it stands.</summary>
    public void Enter(AdmissionTicket ticket) => waiting.Add(ticket);

    /// <summary>Takes a ticket out, wherever it stands.</summary>
    public void Leave(AdmissionTicket ticket)
    {
        spare.Remove(ticket);
        if (granted.Remove(ticket) || waiting.Remove(ticket))
        {
            ticket.State = AdmissionState.Released;
        }
    }

    /// <summary>The provider has too many of our streams.</summary>
    /// <param name="pause">How long it asks to be left alone.</param>
    public void Narrow(TimeSpan pause, TimeSpan now)
    {
        Widen(now);
        slots = Math.Max(1, Math.Min(slots, granted.Count) - 1);
        pausedUntil = Max(pausedUntil, now + pause);
        widenAt = pausedUntil + options.WidenEvery;
    }

    /// <summary>Brings every ticket into the state that is due.</summary>
    /// <param name="changed">Gets the tickets whose state changed, the oldest first.</param>
    /// <returns>When to settle again, if nothing happens before; null for never.</returns>
    public TimeSpan? Settle(TimeSpan now, List<AdmissionTicket> changed)
    {
        Widen(now);
        foreach (var late in waiting.Where(ticket => now - ticket.Asked >= options.HeldFor).ToList())
        {
            waiting.Remove(late);
            Become(late, AdmissionState.Expired, changed);
        }

        MakeRoom(changed);
        while (granted.Count < slots && now >= pausedUntil && waiting.Min is { } oldest)
        {
            waiting.Remove(oldest);
            granted.Add(oldest);
            Become(oldest, AdmissionState.Granted, changed);
        }

        var place = 0;
        foreach (var ticket in waiting)
        {
            Become(ticket, place++ < options.Pending ? AdmissionState.Pending : AdmissionState.Held, changed);
        }

        return waiting.Count == 0 ? null : Due(now);
    }

    void MakeRoom(List<AdmissionTicket> changed)
    {
        while (waiting.Count > slots - granted.Count && spare.MaxBy(ticket => ticket.Number) is { } yields)
        {
            spare.Remove(yields);
            granted.Remove(yields);
            Become(yields, AdmissionState.Expired, changed);
        }
    }

    TimeSpan Due(TimeSpan now)
    {
        var due = waiting.Min(ticket => ticket.Asked) + options.HeldFor;
        if (pausedUntil > now)
        {
            due = Min(due, pausedUntil);
        }

        return Min(due, widenAt);
    }

    void Widen(TimeSpan now)
    {
        while (slots < options.Slots && now >= widenAt)
        {
            slots++;
            widenAt += options.WidenEvery;
        }

        if (slots == options.Slots)
        {
            widenAt = TimeSpan.MaxValue;
        }
    }

    static void Become(AdmissionTicket ticket, AdmissionState state, List<AdmissionTicket> changed)
    {
        if (ticket.State != state)
        {
            ticket.State = state;
            changed.Add(ticket);
        }
    }

    static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

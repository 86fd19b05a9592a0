namespace Teleprompter.InferenceWorker.Inference;

/// <summary>
/// Level 3 against pile-up, as a decision without a clock: who is granted a stream, who is among the next few, who is held, and who waited too long.
/// Oldest first. A rate limit grants nothing until its time is over and costs a slot for each stream that was one too many (additive increase, additive
/// decrease: the slots settle where the provider stops complaining). Not thread-safe.
/// </summary>
sealed class AdmissionLine(AdmissionOptions options)
{
    readonly HashSet<AdmissionTicket> _granted = [];
    readonly SortedSet<AdmissionTicket> _waiting = new(Comparer<AdmissionTicket>.Create(
        (a, b) => a.Since != b.Since ? a.Since.CompareTo(b.Since) : a.Number.CompareTo(b.Number)));

    TimeSpan _pausedUntil = TimeSpan.MinValue;
    TimeSpan _widenAt = TimeSpan.MaxValue;

    /// <summary>The streams allowed now.</summary>
    public int Slots { get; private set; } = options.Slots;

    /// <summary>The streams granted now; for a while more than <see cref="Slots"/> after a rate limit.</summary>
    public int Granted => _granted.Count;

    /// <summary>Enters a ticket; <see cref="Settle"/> decides how it stands.</summary>
    public void Enter(AdmissionTicket ticket) => _waiting.Add(ticket);

    /// <summary>Takes a ticket out, wherever it stands.</summary>
    public void Leave(AdmissionTicket ticket)
    {
        if (_granted.Remove(ticket) || _waiting.Remove(ticket))
        {
            ticket.State = AdmissionState.Released;
        }
    }

    /// <summary>The provider has too many of our streams.</summary>
    /// <param name="pause">How long it asks to be left alone.</param>
    /// <param name="now">The time.</param>
    public void Narrow(TimeSpan pause, TimeSpan now)
    {
        Widen(now);
        Slots = Math.Max(1, Math.Min(Slots, Granted) - 1);
        _pausedUntil = Max(_pausedUntil, now + pause);
        _widenAt = _pausedUntil + options.WidenEvery;
    }

    /// <summary>Brings every ticket into the state that is due.</summary>
    /// <param name="now">The time.</param>
    /// <param name="changed">Gets the tickets whose state changed, the oldest first.</param>
    /// <returns>When to settle again, if nothing happens before; null for never.</returns>
    public TimeSpan? Settle(TimeSpan now, List<AdmissionTicket> changed)
    {
        Widen(now);
        foreach (var late in _waiting.Where(ticket => now - ticket.Asked >= options.HeldFor).ToList())
        {
            _waiting.Remove(late);
            Become(late, AdmissionState.Expired, changed);
        }

        while (_granted.Count < Slots && now >= _pausedUntil && _waiting.Min is { } oldest)
        {
            _waiting.Remove(oldest);
            _granted.Add(oldest);
            Become(oldest, AdmissionState.Granted, changed);
        }

        var place = 0;
        foreach (var ticket in _waiting)
        {
            Become(ticket, place++ < options.Pending ? AdmissionState.Pending : AdmissionState.Held, changed);
        }

        return _waiting.Count == 0 ? null : Due(now);
    }

    TimeSpan Due(TimeSpan now)
    {
        var due = _waiting.Min(ticket => ticket.Asked) + options.HeldFor;
        if (_pausedUntil > now)
        {
            due = Min(due, _pausedUntil);
        }

        return Min(due, _widenAt);
    }

    void Widen(TimeSpan now)
    {
        while (Slots < options.Slots && now >= _widenAt)
        {
            Slots++;
            _widenAt += options.WidenEvery;
        }

        if (Slots == options.Slots)
        {
            _widenAt = TimeSpan.MaxValue;
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

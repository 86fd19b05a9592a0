namespace Teleprompter.Tests.Load;

/// <summary>A turn that asks for a stream, and what became of it: moments in milliseconds, null for what never came.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="CardMs">Its card came.</param>
/// <param name="BusyMs">The rep was told that it waits.</param>
/// <param name="NextMs">The rep was told that it is being thought about: it has a stream, or is among the few that are next.</param>
/// <param name="ReceivedMs">The model received it.</param>
/// <param name="EndedMs">The model ended its answer.</param>
/// <param name="SettledMs">It was settled.</param>
/// <param name="Outcome">How.</param>
sealed record Question(
    SaidTurn Turn, double? CardMs, double? BusyMs, double? NextMs, double? ReceivedMs, double? EndedMs, double? SettledMs, string Outcome)
{
    /// <summary>From when until when it was pending: among the next few, without a stream.</summary>
    /// <param name="lessMs">Left out at the end.</param>
    /// <returns>Null when it never was.</returns>
    public (double From, double Until)? Pending(double lessMs) =>
        NextMs is { } from && (ReceivedMs ?? SettledMs ?? double.MaxValue) - lessMs is var until && until > from ? (from, until) : null;
}

using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.Bus.Dashboard;

/// <summary>Ten seconds of a worker.</summary>
/// <param name="Start">When they began, in seconds since 1970; a multiple of <see cref="Seconds"/>.</param>
/// <param name="Revision">Rises with every change; a higher one replaces a lower one.</param>
/// <param name="Cards">
/// The cards that came up, each once, in any order; null for none. Beside the tally, since it still changes when the rest has long been
/// settled.
/// </param>
public sealed record DashboardSlot(long Start, long Revision, DashboardTally Tally, IReadOnlyList<CardUse>? Cards = null)
{
    /// <summary>How long a slot is, in seconds.</summary>
    public const int Seconds = 10;

    /// <summary>How long slots are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(60);

    /// <summary>The slot of a moment.</summary>
    /// <returns>Its start, in seconds since 1970.</returns>
    public static long StartOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / Seconds * Seconds;

    /// <summary>The oldest slot that is kept.</summary>
    /// <returns>Its start, in seconds since 1970.</returns>
    public static long OldestAt(DateTimeOffset now) => StartOf(now - Kept) + Seconds;
}

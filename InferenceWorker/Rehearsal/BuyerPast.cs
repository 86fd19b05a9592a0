using System.Collections.Immutable;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>What a buyer did before.</summary>
/// <param name="CutOffs">The times it cut the rep off, oldest first.</param>
/// <param name="Murmured">It gave a sign of listening since the rep began to speak.</param>
public sealed record BuyerPast(ImmutableList<CutOff> CutOffs, bool Murmured = false)
{
    /// <summary>Nothing yet.</summary>
    public static BuyerPast Nothing { get; } = new([]);

    /// <summary>The reason of the last cut-in; null for none yet.</summary>
    public CutInReason? LastReason => CutOffs is [.., var last] ? last.Reason : null;

    /// <summary>How many cut-ins there were from a moment on.</summary>
    /// <param name="since">On the call's clock.</param>
    public int CountSince(TimeSpan since) => CutOffs.Count(cutOff => cutOff.AtMs > since.TotalMilliseconds);
}

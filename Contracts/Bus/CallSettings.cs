using Teleprompter.Contracts;

namespace Teleprompter.Bus;

/// <summary>
/// What the client has set for a call. Of each setting the latest by the call's clock counts, and of equally late ones the last to arrive.
/// </summary>
/// <param name="Pause">Off or on the record.</param>
/// <param name="Swap">Whether the channels are reversed.</param>
public sealed record CallSettings(PauseSet Pause, SpeakersSwapped Swap)
{
    /// <summary>The settings of a new call: on the record, channels as they are.</summary>
    public static CallSettings Initial { get; } = new(new PauseSet(Paused: false), new SpeakersSwapped(Swapped: false));

    /// <summary>The settings that a call's entries lead to.</summary>
    /// <param name="entries">The entries, in order of arrival.</param>
    public static CallSettings Of(IEnumerable<CallInput> entries) => entries.Aggregate(Initial, (settings, entry) => settings.After(entry));

    /// <summary>The settings after an input; the same when it sets nothing, or is older than what it would replace.</summary>
    public CallSettings After(CallInput input) => input switch
    {
        PauseSet set when set.AtMs >= Pause.AtMs => this with { Pause = set },
        SpeakersSwapped set when set.AtMs >= Swap.AtMs => this with { Swap = set },
        _ => this,
    };

    /// <summary>
    /// A pause or its end, to be set now. It counts even where this machine's clock is behind that of the last one who set it.
    /// </summary>
    /// <param name="nowMs">The call's clock, in milliseconds.</param>
    public PauseSet SetPaused(bool paused, long nowMs) => new(paused, Math.Max(nowMs, Pause.AtMs));

    /// <summary>A swap back or forth, to be set now; it counts as <see cref="SetPaused"/> does.</summary>
    /// <param name="nowMs">The call's clock, in milliseconds.</param>
    public SpeakersSwapped SwapAgain(long nowMs) => new(!Swap.Swapped, Math.Max(nowMs, Swap.AtMs));

    /// <summary>Who speaks on a channel.</summary>
    /// <param name="channel">The speaker the client named.</param>
    /// <returns>The speaker after any swap.</returns>
    public Speaker SpeakerOn(Speaker channel) => Swap.Swapped ? channel.Other() : channel;
}

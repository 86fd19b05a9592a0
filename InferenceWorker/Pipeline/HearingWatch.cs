using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>Notices that one voice has stopped arriving while the other goes on.</summary>
public static class HearingWatch
{
    /// <summary>Silence of one speaker, while the other keeps talking, that is taken for a lost channel rather than a monologue.</summary>
    public static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(60);

    /// <summary>A speaker heard within this time is talking.</summary>
    public static readonly TimeSpan TalkingWithin = TimeSpan.FromSeconds(10);

    /// <summary>Says whose voice arrives.</summary>
    /// <param name="rep">When the rep was last heard; zero for never.</param>
    /// <param name="customer">When the customer was last heard; zero for never.</param>
    /// <param name="now">The call's clock.</param>
    public static Hearing Of(TimeSpan rep, TimeSpan customer, TimeSpan now)
    {
        if (now - rep <= TalkingWithin && now - customer >= SilentFor)
        {
            return Hearing.RepOnly;
        }

        return now - customer <= TalkingWithin && now - rep >= SilentFor ? Hearing.CustomerOnly : Hearing.Both;
    }
}

using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Feed;

/// <summary>Who spoke how long, and the longest monologue. Not thread-safe.</summary>
public sealed class TalkMeter
{
    /// <summary>Words of the other that do not end a monologue: signs of listening.</summary>
    public const int WordsOfListening = 3;

    readonly long[] spoken = new long[2];
    Speaker? talking;
    long talkingSince;
    long listenerMs;

    /// <summary>How long the rep spoke, in milliseconds.</summary>
    public long RepMs => spoken[(int)Speaker.Rep];

    /// <summary>How long the customer spoke, in milliseconds.</summary>
    public long CustomerMs => spoken[(int)Speaker.Customer];

    /// <summary>The longest monologue, in milliseconds, pauses included.</summary>
    public long MonologueMs { get; private set; }

    /// <summary>Whose it was; null before anybody spoke.</summary>
    public Speaker? MonologueBy { get; private set; }

    /// <summary>Takes final words, in the order in which they were spoken, as far as that is known.</summary>
    /// <param name="speaker">Who spoke.</param>
    /// <param name="text">The words.</param>
    /// <param name="startMs">Start, on the call's clock.</param>
    /// <param name="endMs">End, on the call's clock.</param>
    public void Hear(Speaker speaker, string text, long startMs, long endMs)
    {
        spoken[(int)speaker] += Math.Max(0, endMs - startMs);
        if (speaker != talking)
        {
            if (talking is not null && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= WordsOfListening && listenerMs == 0)
            {
                listenerMs = Math.Max(1, endMs - startMs);
                return;
            }

            (talking, talkingSince) = (speaker, startMs);
        }

        listenerMs = 0;
        if (endMs - talkingSince > MonologueMs)
        {
            (MonologueMs, MonologueBy) = (endMs - talkingSince, speaker);
        }
    }

    /// <summary>The channels are the other way round.</summary>
    public void Swap()
    {
        (spoken[0], spoken[1]) = (spoken[1], spoken[0]);
        (talking, MonologueBy) = (Other(talking), Other(MonologueBy));
    }

    static Speaker? Other(Speaker? speaker) => speaker switch
    {
        Speaker.Rep => Speaker.Customer,
        Speaker.Customer => Speaker.Rep,
        _ => null,
    };
}

using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// The customer's words a second time: a loudspeaker brings them to the rep's microphone, or both channels hold one sound.
/// </summary>
static class Crosstalk
{
    /// <summary>
    /// A copy begins at most this long after the customer's words: a wireless loudspeaker takes a quarter of a second, and the beginning of
    /// a voice is known to a tenth.
    /// </summary>
    public static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(500);

    /// <summary>How far back copies are looked for: what a recogniser may need for one of the two.</summary>
    static readonly TimeSpan within = TimeSpan.FromSeconds(10);

    /// <summary>Finds the copy where a final segment completes a pair of the customer's words and the rep's copy of them.</summary>
    /// <param name="conversation">Holds the segment, and those before it.</param>
    /// <returns>The rep's segment, which may be the new one; null for none.</returns>
    public static TranscriptSegment? Completed(TranscriptSegment segment, Conversation conversation, TimeSpan now)
    {
        var channel = conversation.SpeakerOn(segment.Speaker);
        var other = channel == Speaker.Rep ? Speaker.Customer : Speaker.Rep;
        var heard = new HeardSegment(segment, now);
        foreach (var earlier in conversation.SegmentsOf(other, now - within).Where(earlier => earlier.Segment.Final))
        {
            var (rep, customer) = channel == Speaker.Rep ? (heard, earlier) : (earlier, heard);
            if (IsCopy(rep, customer))
            {
                return rep.Segment;
            }
        }

        return null;
    }

    static bool IsCopy(HeardSegment rep, HeardSegment customer)
    {
        var lag = rep.BeganAt - customer.BeganAt;
        return lag >= -Echo.Tie && lag <= Latest && Echo.Of(SpokenWord.In(rep.Segment.Text), SpokenWord.In(customer.Segment.Text));
    }
}

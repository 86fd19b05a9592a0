using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>
/// The rep's words since the buyer last spoke, put together from segments that may still change. What was said of a segment before the
/// buyer spoke is left out of it from then on.
/// </summary>
sealed class RepFloor
{
    /// <summary>Fewer words than this end a sentence that was cut off, and open none.</summary>
    const int FewestWords = 3;

    /// <summary>A sign of listening does not talk a buyer down.</summary>
    const int WordsThatTakeIt = 3;

    /// <summary>Who has not spoken for so long is not speaking.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(4);

    readonly Dictionary<string, int> answered = new(StringComparer.Ordinal);
    readonly List<TranscriptSegment> parts = [];
    TimeSpan lastWordAt;

    /// <summary>What the rep is saying; null where nothing is.</summary>
    public RepSpeech? Speech { get; private set; }

    /// <summary>The rep has said no more than the end of what was cut off, or nothing.</summary>
    public bool IsTail => Speech is null || WordsIn(Speech.Words) < (answered.ContainsKey(parts[0].SegmentId) ? FewestWords : 1);

    /// <summary>The rep has said enough to talk a buyer down who yields.</summary>
    public bool IsTaken => Speech is not null && WordsIn(Speech.Words) >= WordsThatTakeIt;

    /// <summary>The rep is speaking, and does not only sit there.</summary>
    /// <param name="now">The call's clock.</param>
    public bool IsSpeaking(TimeSpan now) => Speech is not null && now - lastWordAt < Pause;

    /// <summary>Takes the words of a segment in, new or changed.</summary>
    /// <param name="asked">What the buyer asked last; null for nothing.</param>
    /// <param name="now">The call's clock.</param>
    public void Add(TranscriptSegment segment, string? asked, TimeSpan now)
    {
        var at = parts.FindIndex(part => part.SegmentId == segment.SegmentId);
        parts.RemoveAll(part => part.SegmentId == segment.SegmentId);
        parts.Insert(at < 0 ? parts.Count : at, segment);
        lastWordAt = now;
        var words = string.Join(' ', parts.Select(NewWords)).Trim();
        if (words.Length > 0)
        {
            Speech = (Speech ?? new RepSpeech(asked, BeganAt(segment, now), "")).With(words, now);
        }
    }

    /// <summary>The buyer speaks: what was said is answered.</summary>
    public void Close()
    {
        answered.Clear();
        parts.ForEach(part => answered[part.SegmentId] = part.Text.Length);
        parts.Clear();
        Speech = null;
    }

    string NewWords(TranscriptSegment part) =>
        answered.TryGetValue(part.SegmentId, out var until) ? part.Text[Math.Min(until, part.Text.Length)..].Trim() : part.Text;

    TimeSpan BeganAt(TranscriptSegment segment, TimeSpan now) =>
        segment.StartMs > 0 && !answered.ContainsKey(segment.SegmentId) && TimeSpan.FromMilliseconds(segment.StartMs) < now
            ? TimeSpan.FromMilliseconds(segment.StartMs)
            : now;

    static int WordsIn(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
}

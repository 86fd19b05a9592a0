namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>What a speaker has said in a turn that has not ended yet.</summary>
/// <param name="SegmentId">The segment that carries the newest words.</param>
/// <param name="Text">All words so far: the final segments of the turn and the newest interim.</param>
/// <param name="NewestText">The words of the newest segment alone.</param>
/// <param name="Final">The newest segment is final: a sentence, or what the recogniser takes for one, is complete.</param>
/// <param name="Stable">The newest words extend those before them: the recogniser took nothing back.</param>
/// <param name="WordsOfFloor">Words said since the other speaker last held the floor, those of earlier turns included.</param>
/// <param name="HeardAt">When the newest words were heard, on the call's clock.</param>
public sealed record PartialTurn(
    string SegmentId, string Text, string NewestText, bool Final, bool Stable, int WordsOfFloor, TimeSpan HeardAt)
{
    /// <summary>When its first word was spoken, on the call's clock.</summary>
    public TimeSpan BeganAt { get; init; } = HeardAt;
}

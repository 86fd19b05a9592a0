namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>Something a speaker said, complete.</summary>
/// <param name="Id">The id of the segment that ended it.</param>
/// <param name="HeardAt">When its last word was heard, on the call's clock: the end of the voice, or the arrival of the text.</param>
/// <param name="EndedAt">When it was judged complete, on the call's clock.</param>
public sealed record SpokenTurn(string Id, string Text, TimeSpan HeardAt, TimeSpan EndedAt)
{
    /// <summary>When its first word was spoken, on the call's clock.</summary>
    public TimeSpan BeganAt { get; init; } = HeardAt;
}

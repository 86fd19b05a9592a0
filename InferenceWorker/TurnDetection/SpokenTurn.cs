namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>Something a speaker said, complete.</summary>
/// <param name="Id">The id of the segment that ended it.</param>
/// <param name="Text">All its words.</param>
/// <param name="HeardAt">When its last words arrived, on the call's clock.</param>
/// <param name="EndedAt">When it was judged complete, on the call's clock.</param>
public sealed record SpokenTurn(string Id, string Text, TimeSpan HeardAt, TimeSpan EndedAt);

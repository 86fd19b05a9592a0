namespace Teleprompter.InferenceWorker.Memory;

/// <summary>The rolling summary of what was said before the transcript's window.</summary>
/// <param name="Until">When the last line that it covers arrived, on the call's clock.</param>
public sealed record ConversationSummary(string Text, TimeSpan Until);

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>What was said before the transcript that a prompt still holds.</summary>
/// <param name="Text">The notes.</param>
/// <param name="Until">The last line they cover, on the call's clock.</param>
public sealed record ConversationSummary(string Text, TimeSpan Until);

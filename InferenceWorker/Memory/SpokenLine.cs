using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Memory;

/// <summary>A final segment, as prompts and summaries quote it.</summary>
/// <param name="Speaker">Who spoke, after any swap.</param>
/// <param name="At">When they arrived, on the call's clock.</param>
public sealed record SpokenLine(Speaker Speaker, string Text, TimeSpan At);

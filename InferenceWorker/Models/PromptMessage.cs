namespace Teleprompter.InferenceWorker.Models;

/// <summary>One message of a prompt.</summary>
public sealed record PromptMessage(PromptRole Role, string Text);

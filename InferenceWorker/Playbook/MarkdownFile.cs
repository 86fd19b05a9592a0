namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A file that a sales team writes, as it was read.</summary>
/// <param name="Name">Its path relative to the folder, with slashes.</param>
/// <param name="Problem">Why it could not be read; null when it was.</param>
sealed record MarkdownFile(string Name, string Text, PlaybookError? Problem = null);

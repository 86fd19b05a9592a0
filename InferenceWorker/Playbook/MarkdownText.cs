namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A paragraph or a list item as plain text.</summary>
/// <param name="Line">Its first line, counted from 1.</param>
/// <param name="Lines">Its lines in the file.</param>
/// <param name="IsItem">Whether it is a list item.</param>
sealed record MarkdownText(int Line, string[] Lines, bool IsItem)
{
    /// <summary>All of it on one line.</summary>
    public string Text { get; } = string.Join(' ', Lines.Select(line => line.Trim()).Where(line => line.Length > 0));
}

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A file is no text. The message says what to do.</summary>
public sealed class TextFormatException(int line, string message) : Exception(message)
{
    /// <summary>The first line that cannot be decoded, counted from 1.</summary>
    public int Line { get; } = line;
}

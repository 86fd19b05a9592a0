namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Something in a playbook file that a person has to put right.</summary>
/// <param name="File">The file, relative to the playbook's folder.</param>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="IsWarning">The card is used all the same.</param>
public sealed record PlaybookError(string File, int Line, string Message, bool IsWarning = false)
{
    public override string ToString() => $"{File}({Line}): {Message}";
}

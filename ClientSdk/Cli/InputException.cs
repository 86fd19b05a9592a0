namespace Teleprompter.Cli;

/// <summary>Something that the user gave is wrong. The message says what, where and what to do.</summary>
sealed class InputException(string message) : Exception(message)
{
    /// <summary>Something is wrong in a file.</summary>
    /// <param name="line">The line, counted from 1.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static InputException At(string file, long line, string message) => new($"{file}:{line}: {message}");
}

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>
/// A model that has nothing useful to say answers with one agreed word. While an answer might still become that word, nothing of it may be
/// shown; that holds back only answers that begin with its letters, and those for no more than four.
/// </summary>
public static class Abstention
{
    /// <summary>The word, as the instructions name it.</summary>
    public const string Word = "PASS";

    /// <summary>Whether an unfinished answer might still turn out to be nothing.</summary>
    public static bool MightBe(string soFar) => Word.StartsWith(Bare(soFar), StringComparison.Ordinal);

    /// <summary>Whether a finished answer says that there is nothing to say.</summary>
    /// <returns>True also for an answer without a word.</returns>
    public static bool Is(string answer) => Bare(answer) is "" or Word;

    // Models like to add a full stop, quotation marks or asterisks.
    static string Bare(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(text[end - 1]))
        {
            end--;
        }

        return text[start..end].ToUpperInvariant();
    }
}

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>
/// A model that has nothing useful to say answers with one agreed word. While an answer might still become that word, nothing of it may be shown;
/// that holds back only answers that begin with its letters, and those for no more than four.
/// </summary>
public static class Abstention
{
    /// <summary>The word, as the instructions name it.</summary>
    public const string Word = "PASS";

    /// <summary>Whether an unfinished answer might still turn out to be nothing.</summary>
    /// <param name="soFar">The answer so far.</param>
    /// <returns>Whether to hold it back.</returns>
    public static bool MightBe(string soFar)
    {
        var bare = Bare(soFar);
        return Word.StartsWith(bare, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a finished answer says that there is nothing to say.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <returns>True also for an answer without a word.</returns>
    public static bool Is(string answer) => Bare(answer) is var bare && (bare.Length == 0 || bare.Equals(Word, StringComparison.OrdinalIgnoreCase));

    // Models like to add a full stop, quotation marks or asterisks.
    static ReadOnlySpan<char> BareSpan(string text)
    {
        var span = text.AsSpan();
        while (!span.IsEmpty && !char.IsLetterOrDigit(span[0]))
        {
            span = span[1..];
        }

        while (!span.IsEmpty && !char.IsLetterOrDigit(span[^1]))
        {
            span = span[..^1];
        }

        return span;
    }

    static string Bare(string text) => BareSpan(text).ToString();
}

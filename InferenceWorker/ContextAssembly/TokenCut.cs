namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>Cuts texts to a number of tokens, between words.</summary>
static class TokenCut
{
    const string Ellipsis = "…";

    static readonly int ellipsisTokens = TokenEstimate.Of(Ellipsis);

    /// <summary>The beginning of a text, cut after a word.</summary>
    /// <returns>The text, its beginning with an ellipsis, or nothing where not even that fits.</returns>
    public static string Head(string text, int budget)
    {
        if (text.Length == 0 || TokenEstimate.Of(text) <= budget)
        {
            return text;
        }

        var length = LongestThatFits(text.Length, n => TokenEstimate.Of(text.AsSpan(0, n)) <= budget - ellipsisTokens);
        if (text[length] != ' ' && text.LastIndexOf(' ', length) is > 0 and var space)
        {
            length = space;
        }
        else if (length > 0 && char.IsLowSurrogate(text[length]))
        {
            length--;
        }

        return length == 0 ? "" : text[..length].TrimEnd() + Ellipsis;
    }

    /// <summary>The end of a text, cut before a word.</summary>
    /// <returns>The text, its end after an ellipsis, or nothing where not even that fits.</returns>
    public static string Tail(string text, int budget)
    {
        if (text.Length == 0 || TokenEstimate.Of(text) <= budget)
        {
            return text;
        }

        var length = LongestThatFits(text.Length, n => TokenEstimate.Of(text.AsSpan(text.Length - n)) <= budget - ellipsisTokens);
        var start = text.Length - length;
        if (text[start - 1] != ' ' && text.IndexOf(' ', start) is >= 0 and var space)
        {
            start = space;
        }
        else if (start < text.Length && char.IsLowSurrogate(text[start]))
        {
            start++;
        }

        return start == text.Length ? "" : Ellipsis + text[start..].TrimStart();
    }

    // Called only where the whole does not fit.
    static int LongestThatFits(int whole, Func<int, bool> fits)
    {
        var (some, tooMuch) = (0, whole);
        while (tooMuch - some > 1)
        {
            var middle = (some + tooMuch) / 2;
            (some, tooMuch) = fits(middle) ? (middle, tooMuch) : (some, middle);
        }

        return some;
    }
}

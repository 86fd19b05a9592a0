using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>A Markdown link, a reference like [1] or 【1†source】, or words in brackets: held until it is known which.</summary>
sealed class Link
{
    const int Longest = 500;

    readonly StringBuilder held = new();
    bool mayRefer;

    /// <summary>A bracket has opened and nothing is known yet.</summary>
    public bool Open => held.Length > 0;

    /// <summary>A bracket opens. A reference stands behind words: at the beginning of an answer there is nothing to refer to.</summary>
    public void Begin(char bracket, bool behindWords)
    {
        held.Append(bracket);
        mayRefer = behindWords;
    }

    /// <summary>Reads a character after the bracket.</summary>
    /// <param name="text">What is said of it all; empty while it is open.</param>
    /// <returns>False when the character belongs to what follows and nothing is open any more; else true.</returns>
    public bool Read(char c, out string text)
    {
        text = "";
        if (c == '\n' || held.Length >= Longest)
        {
            text = Flush();
            return false;
        }

        held.Append(c);
        var all = held.ToString();
        var close = all.IndexOf(all[0] == '[' ? ']' : '】', StringComparison.Ordinal);
        if (close < 0)
        {
            return true;
        }

        if (all[0] == '【')
        {
            held.Clear();
        }
        else if (close < all.Length - 1 && all[close + 1] != '(')
        {
            held.Clear();
            var isReference = mayRefer && all[1..close].All(part => char.IsDigit(part) || part is '^' or ',' or ' ');
            text = isReference ? "" : all[..(close + 1)];
            return false;
        }
        else if (c == ')')
        {
            held.Clear();
            text = all[1..close].Replace("*", "", StringComparison.Ordinal);
        }

        return true;
    }

    /// <summary>It was no link.</summary>
    public string Flush()
    {
        var text = held.ToString();
        held.Clear();
        return text;
    }
}

using System.Text;
using static Teleprompter.InferenceWorker.Models.Speech.ModelTokenNames;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// The tokens and tags that models write around their words: those of chat templates (<c>&lt;|im_end|&gt;</c>), of reasoning
/// (<c>&lt;think&gt;</c>, <c>[THINK]</c>, <c>◁think▷</c>), of harmony channels, and HTML.
/// </summary>
static class ModelToken
{
    const int Longest = 64;

    /// <summary>Whether a text with one more character can still become a token, given that it could without.</summary>
    /// <param name="held">Begins with a character that opens a token.</param>
    public static bool MayContinue(StringBuilder held, char next)
    {
        if (held.Length >= Longest || next is '\n' or '\r')
        {
            return false;
        }

        if (held[0] == '[')
        {
            return char.IsAsciiLetterUpper(next) || next is '/' or '_' or ']';
        }

        if (held.Length == 1)
        {
            return char.IsLetter(next) || next is '/' or '|' or '｜' or '<';
        }

        if (held.Length == 2 && held[1] == '<')
        {
            return char.IsAsciiLetterUpper(next) || next == '/';
        }

        // A space can only be within an HTML tag, before its attributes or its slash.
        return next != '<' && (next != ' ' || held[1] == '|' || Html.Contains(Name(held.ToString()))
            || held.ToString().Contains(' ', StringComparison.Ordinal));
    }

    /// <summary>Whether a text is a whole token.</summary>
    public static bool IsComplete(StringBuilder held) => (held[0], held[^1]) switch
    {
        ('<', '>') => held.Length > 2 && (held[1] != '<' || held[^2] == '>'),
        ('[', ']') or ('◁', '▷') => held.Length > 2,
        _ => false,
    };

    /// <summary>What a whole token means.</summary>
    /// <param name="token">The token with its brackets.</param>
    /// <param name="name">Its name without brackets and without what says that it opens or closes something.</param>
    public static ModelTokenKind Classify(string token, out string name)
    {
        name = Name(token);
        var bare = token.Trim('<', '>', '[', ']', '◁', '▷', '|', '｜', ' ');
        var closes = bare.StartsWith('/') || (token.EndsWith("|>", StringComparison.Ordinal)
            && !token.StartsWith("<|", StringComparison.Ordinal))
            || name.StartsWith("end", StringComparison.Ordinal) || name.EndsWith("_end", StringComparison.Ordinal)
            || name.EndsWith("_suffix", StringComparison.Ordinal);
        var isControl = token.Contains('|', StringComparison.Ordinal) || token.Contains('｜', StringComparison.Ordinal) || token[0] == '['
            || token[1] == '<';
        if (token[0] == '[' ? Thoughts.Contains(name) && name[0] == 't' : name.Split('_', ':', '-', '.').Any(Thoughts.Contains))
        {
            return closes ? ModelTokenKind.ThoughtCloses : ModelTokenKind.ThoughtOpens;
        }

        if (name is "channel")
        {
            return closes ? ModelTokenKind.ThoughtCloses : ModelTokenKind.Channel;
        }

        if (TurnEnds.Contains(name) || (name is "s" or "turn" && closes))
        {
            return ModelTokenKind.TurnEnds;
        }

        if (name is "inst" && closes)
        {
            return ModelTokenKind.ModelSpeaks;
        }

        if (Turns.Contains(name))
        {
            return ModelTokenKind.Turn;
        }

        if (!isControl)
        {
            return Html.Contains(name) || Wrappers.Contains(name) ? ModelTokenKind.Drop : closes ? ModelTokenKind.ElementCloses
                : ModelTokenKind.ElementOpens;
        }

        return Messages.Contains(name) ? ModelTokenKind.Message
            : name is "assistant" or "model" or "bot" ? ModelTokenKind.ModelSpeaks
            : Others.Contains(name) ? ModelTokenKind.OtherSpeaks
            : token[0] == '[' && name is not ("bos" or "eos" or "pad" or "unk") ? ModelTokenKind.Text
            : ModelTokenKind.Drop;
    }

    static string Name(string token)
    {
        var name = token.Trim('<', '>', '[', ']', '◁', '▷', '|', '｜', '/', ' ').Replace('▁', '_').ToLowerInvariant();
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? name : name[..space];
    }
}

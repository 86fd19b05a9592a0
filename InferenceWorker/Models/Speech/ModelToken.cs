using System.Collections.Frozen;
using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// The tokens and tags that models write around their words: those of chat templates (<c>&lt;|im_end|&gt;</c>), of reasoning
/// (<c>&lt;think&gt;</c>, <c>[THINK]</c>, <c>◁think▷</c>), of harmony channels, and HTML.
/// </summary>
static class ModelToken
{
    const int Longest = 64;

    static readonly FrozenSet<string> thoughts = FrozenSet.Create(StringComparer.Ordinal,
        "think", "thinks", "thinking", "thought", "thoughts", "reason", "reasons", "reasoning", "reflect", "reflection", "analysis",
        "analyze", "scratchpad", "monologue", "inner", "internal", "cot", "deliberation", "deliberate", "planning", "plan", "rationale",
        "ponder", "antthinking");

    static readonly FrozenSet<string> html = FrozenSet.Create(StringComparer.Ordinal,
        "a", "abbr", "b", "blockquote", "body", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "html", "i", "img", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody",
        "td", "th", "thead", "tr", "u", "ul");

    static readonly FrozenSet<string> wrappers = FrozenSet.Create(StringComparer.Ordinal,
        "answer", "assistant", "bos", "content", "final", "final_answer", "line", "message", "mask", "output", "pad", "quote", "rep",
        "reply", "response", "result", "say", "script", "solution", "speech", "suggestion", "text", "unk", "words");

    static readonly FrozenSet<string> turnEnds = FrozenSet.Create(StringComparer.Ordinal,
        "call", "end", "end_of_message", "end_of_sentence", "end_of_text", "end_of_turn", "endoftext", "eom_id", "eos", "eot", "eot_id",
        "im_end", "return", "turn_end");

    static readonly FrozenSet<string> turns = FrozenSet.Create(StringComparer.Ordinal,
        "header_start", "im_start", "start", "start_header_id", "start_of_role", "start_of_turn", "turn");

    static readonly FrozenSet<string> messages = FrozenSet.Create(StringComparer.Ordinal, "end_header_id", "end_of_role", "header_end",
        "im_sep", "message");

    static readonly FrozenSet<string> others = FrozenSet.Create(StringComparer.Ordinal, "human", "inst", "observation", "system", "sys",
        "tool", "user");

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
        return next != '<' && (next != ' ' || held[1] == '|' || html.Contains(Name(held.ToString()))
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
        if (token[0] == '[' ? thoughts.Contains(name) && name[0] == 't' : name.Split('_', ':', '-', '.').Any(thoughts.Contains))
        {
            return closes ? ModelTokenKind.ThoughtCloses : ModelTokenKind.ThoughtOpens;
        }

        if (name is "channel")
        {
            return closes ? ModelTokenKind.ThoughtCloses : ModelTokenKind.Channel;
        }

        if (turnEnds.Contains(name) || (name is "s" or "turn" && closes))
        {
            return ModelTokenKind.TurnEnds;
        }

        if (name is "inst" && closes)
        {
            return ModelTokenKind.ModelSpeaks;
        }

        if (turns.Contains(name))
        {
            return ModelTokenKind.Turn;
        }

        if (!isControl)
        {
            return html.Contains(name) || wrappers.Contains(name) ? ModelTokenKind.Drop : closes ? ModelTokenKind.ElementCloses
                : ModelTokenKind.ElementOpens;
        }

        return messages.Contains(name) ? ModelTokenKind.Message
            : name is "assistant" or "model" or "bot" ? ModelTokenKind.ModelSpeaks
            : others.Contains(name) ? ModelTokenKind.OtherSpeaks
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

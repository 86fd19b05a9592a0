using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>The names of tokens and tags, by what they mean, in lower case.</summary>
static class ModelTokenNames
{
    public static readonly FrozenSet<string> Thoughts = FrozenSet.Create(StringComparer.Ordinal,
        "think", "thinks", "thinking", "thought", "thoughts", "reason", "reasons", "reasoning", "reflect", "reflection", "analysis",
        "analyze", "scratchpad", "monologue", "inner", "internal", "cot", "deliberation", "deliberate", "planning", "plan", "rationale",
        "ponder", "antthinking");

    public static readonly FrozenSet<string> Html = FrozenSet.Create(StringComparer.Ordinal,
        "a", "abbr", "b", "blockquote", "body", "br", "center", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "html", "i", "img", "li", "mark", "ol", "p", "pre", "q", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody",
        "td", "th", "thead", "tr", "u", "ul");

    public static readonly FrozenSet<string> Wrappers = FrozenSet.Create(StringComparer.Ordinal,
        "answer", "assistant", "bos", "content", "final", "final_answer", "line", "message", "mask", "output", "pad", "quote", "rep",
        "reply", "response", "result", "say", "script", "solution", "speech", "suggestion", "text", "unk", "words");

    public static readonly FrozenSet<string> TurnEnds = FrozenSet.Create(StringComparer.Ordinal,
        "call", "end", "end_of_message", "end_of_sentence", "end_of_text", "end_of_turn", "endoftext", "eom_id", "eos", "eot", "eot_id",
        "im_end", "return", "turn_end");

    public static readonly FrozenSet<string> Turns = FrozenSet.Create(StringComparer.Ordinal,
        "header_start", "im_start", "start", "start_header_id", "start_of_role", "start_of_turn", "turn");

    public static readonly FrozenSet<string> Messages = FrozenSet.Create(StringComparer.Ordinal,
        "end_header_id", "end_of_role", "header_end", "im_sep", "message");

    public static readonly FrozenSet<string> Others = FrozenSet.Create(StringComparer.Ordinal,
        "human", "inst", "observation", "system", "sys", "tool", "user");
}

using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// What models write before a colon that nobody says: who speaks, or what to do with the words. English, German, French and Spanish.
/// </summary>
static partial class SpeakerLabels
{
    /// <summary>The longest label.</summary>
    public const int Longest = 32;

    // No rep begins a sentence with one of these.
    static readonly FrozenSet<string> telling = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "rep", "representative", "seller", "agent", "assistant", "advisor", "teleprompter",
        "verkäufer", "verkäuferin", "berater", "beraterin", "vendeur", "vendeuse", "conseiller", "conseillère", "vendedor", "vendedora",
        "asesor", "asesora");

    static readonly FrozenSet<string> rep = telling.Union(
    [
        "sales rep", "the rep", "salesperson", "salesman", "sales representative", "sales", "sales agent", "ai", "account executive", "ae",
        "consultant", "answer", "final answer", "reply", "response", "suggested response", "suggested reply", "suggestion", "output",
        "final", "script", "say", "say this", "say now", "you say", "you can say", "you could say", "you might say", "try", "try this",
        "try saying",
        "vertrieb", "antwort", "vorschlag", "sagen sie", "sag", "commercial", "commerciale", "réponse", "dites", "comercial", "respuesta",
        "sugerencia", "diga",
    ], StringComparer.OrdinalIgnoreCase).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> steps = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "ask", "then ask", "acknowledge", "then", "then say", "next", "follow up", "follow-up", "close", "opening", "pivot", "frage",
        "demandez", "pregunte");

    static readonly FrozenSet<string> others = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "customer", "the customer", "prospect", "client", "buyer", "caller", "user", "human", "system",
        "kunde", "kundin", "interessent", "cliente", "acheteur", "comprador", "compradora");

    /// <summary>Whether it announces the rep's words.</summary>
    /// <param name="marked">The line has markup, as a list of steps has.</param>
    public static bool IsOfRep(ReadOnlySpan<char> label, bool marked) => Has(rep, label) || (marked && Has(steps, label));

    /// <summary>Whether it announces the words of somebody else.</summary>
    public static bool IsOfOther(ReadOnlySpan<char> label) => Has(others, label);

    /// <summary>
    /// Whether it can become a label that is worth holding words back for: in a line without markup only one that begins no sentence.
    /// </summary>
    public static bool MayBecome(string start, bool marked) =>
        IsStart(telling, start) || (marked && (IsStart(rep, start) || IsStart(others, start) || IsStart(steps, start)));

    /// <summary>Whether a first line, up to its colon, announces the answer ("Here's what you could say:").</summary>
    public static bool Announces(string line) => line.EndsWith(':') && Announcement().IsMatch(line);

    static bool Has(FrozenSet<string> labels, ReadOnlySpan<char> label) =>
        labels.GetAlternateLookup<ReadOnlySpan<char>>().Contains(label.Trim());

    static bool IsStart(FrozenSet<string> labels, string start)
    {
        foreach (var label in labels)
        {
            if (label.StartsWith(start.TrimEnd(), StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(
        @"\b(say|said|response|respond|reply|answer|suggestion|suggested|script|rep|sagen|antwort|antworten|vorschlag"
            + @"|dire|réponse|répondre|decir|respuesta|responder)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Announcement();
}

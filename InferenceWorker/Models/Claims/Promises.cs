using System.Buffers;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>Promises in an English text. Each pattern is one kind of promise; a source supports those of its own kinds.</summary>
static partial class Promises
{
    static readonly SearchValues<char> clauseEnds = SearchValues.Create(".,;:!?–—\n");

    // Part of every promise below: most sentences have none, and to look for them costs a hundredth.
    static readonly SearchValues<string> cues = SearchValues.Create(
        [
            "guarant", "warrant", "assured", "promise", "commit to", "my word", "our word", "free", "charge", "cost", " fee", "house",
            "on us", "complimentary", "refund", "money", "reimburs", "compensat", "pay you back", "credit you", "penalt", "waiv", "throw",
            "discount", "price", "rate", "deal", "reduction", "knock", "half", "third off", "quarter off", "match", "beat ", "any time",
            "anytime", "commitment", "contract", "lock", "obligation", "strings", "notice period", "unlimited", "lifetime", "forever",
            "for life", "build", "develop", "ship", "implement", "customi", "migrate", "integrate", "launch", "release", "deliver", "add",
            "create", "have ", "liability", "risk", "indemnif", "downtime", "data loss", "always", "never", "completely", "fully insured",
            "exclusiv", "priority", "dedicated", "hipaa", "gdpr", "soc", "iso", "pci", "fedramp",
        ],
        StringComparison.OrdinalIgnoreCase);

    static readonly string[] kinds =
    [
        "guarantee", "promise", "free", "refund", "waive", "discount", "price", "exit", "unlimited", "build", "risk", "exclusive",
        "certificate",
    ];

    /// <summary>Whether a text has a word that every promise has; nearly free.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(cues);

    /// <summary>The promises of a text; neither negated ones nor those that are only asked about ("I will find out whether …").</summary>
    /// <param name="from">Where the search begins; what is before it belongs to no claim.</param>
    public static IEnumerable<Claim> In(string text, int from = 0)
    {
        if (!MayBeIn(text))
        {
            yield break;
        }

        foreach (Match match in Promise().Matches(text, from))
        {
            var clause = text.AsSpan(0, match.Index);
            clause = clause[(clause.LastIndexOfAny(clauseEnds) + 1)..];
            if (!Undone().IsMatch(clause))
            {
                var kind = kinds.First(kind => match.Groups[kind].Success);
                var key = kind is "certificate" ? string.Concat(match.Value.Where(char.IsLetterOrDigit)).ToUpperInvariant() : kind;
                yield return new Claim(match.Index, match.Value, ClaimKind.Promise, key);
            }
        }
    }

    [GeneratedRegex(
        @"\b(not|never|no|without|cannot|unable|n't|instead\sof|rather\sthan|whether|if|before\s(I|we))\b[^.]{0,40}$|n't\b[^.]{0,40}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Undone();

    [GeneratedRegex(
        """
        \b(
        (?<guarantee>guarantee[ds]?|guaranteeing|warrant(y|ies|ed)|assured?\sof|rest\sassured)
        |(?<promise>(I|we)(\s(can|do|will)|'ll)?\spromised?|(I|we)(\scan|\swill|'ll)?\scommit\sto
            |you\shave\s(my|our)\sword|(my|our)\sword\son)
        |(?<free>for\sfree|free\sof\scharge|(at\s)?no\s(extra\s|additional\s|further\s)?(cost|charge)
            |without\s(extra|additional)\s(cost|charge)
            |no\s(extra|additional|hidden|set-?up|cancellation|implementation|onboarding)\s(costs?|charges?|fees?)
            |on\sthe\shouse|on\sus\b|complimentary|(?<=\b(is|are)\s)free(?!\sof)|(?<=\bevery(thing)?\s)free\b
            |free\s(for\s)?(month|year|trial|seat|upgrade|migration|onboarding|training|support|setup|pilot|licen[cs]e
                |service|integration)s?)
        |(?<refund>refund\w*|money[-\s]back|your\smoney\sback|reimburs\w+|compensat\w+|pay\syou\sback|credit\syou(r\saccount)?
            |cover\s(all|the|your)\s\w*\s?(costs?|fees?|penalt\w+))
        |(?<waive>waiv(e|es|ed|ing)|throw(ing)?\sin|drop\sthe\s(\w+\s)?(fee|charge))
        |(?<discount>(give|giving|offer|offering|get|grant|apply|do|make)\s[^.?!]{0,25}
                \b(discount|better\sprice|lower\sprice|special\s(price|rate|deal)|price\sbreak|reduction)
            |knock\s[^.?!]{0,20}\boff|half\s(off|the\sprice|price)|(a|one)\s(third|quarter|half)\soff
            |(as|the)\s[^.?!]{0,12}discount\sapplies)
        |(?<price>(price|rate)[-\s]?(match|lock|freeze)\w*|beat\s(their|that|any)\s(\w+\s)?(price|quote|offer)
            |match(ing)?\s(their|that|the|any|his|your|its)\s(\w+\s)?(price|quote|offer|rate|number|deal)|match(ing)?\sany\sprice
            |(lock|freeze|hold|fix|cap)(ed|s|ing)?\s(in\s)?(the|your|this|that|a)\s(\w+\s)?(price|rate|pricing|fee)s?
            |(price|rate|fee)s?\s(will\s)?(stays?|never|won't)\b[^.?!]{0,20})
        |(?<exit>(cancel|leave|quit|walk\saway|stop)\s(at\s)?any\s?time|no\snotice\speriod
            |no\s(minimum\s)?(commitment|contract|lock-?in|obligation|strings(\sattached)?))
        |(?<unlimited>unlimited|lifetime\s\w+|forever|for\slife)
        |(?<build>(I|we|our\s(team|engineers|developers|product\steam))(\swill|'ll|\scan|\sare\sgoing\sto|'re\sgoing\sto)
                (\s\w+ly|\salso|\seven)?
            \s(build|develop|ship|implement|customi[sz]e|migrate|integrate|launch|release|deliver|add|create
                |have\s(it|that|this|you)\s(\w+\s)?(ready|live|running|done)))
        |(?<risk>(accept|assume|take)\s(on\s)?(full|all|any|the)\s(liability|risk)|indemnif\w+|(zero|no)\s(risk|downtime|data\sloss)
            |risk[-\s]free|(is|are|be)\s(always|never)\s(available|up|online|down|hacked|breached)
            |never\s(lose|loses|lost|go(es)?\sdown|fails?|been\s(breached|hacked|down))|completely\s(secure|safe)|fully\sinsured)
        |(?<exclusive>exclusiv\w+\s(rights?|deal|access|territor\w+)|priority\ssupport
            |dedicated\s(manager|engineer|account\smanager|team|support))
        |(?<certificate>HIPAA|GDPR|SOC\s?[123]|ISO\s?\d{4,5}|PCI(\sDSS)?|FedRAMP)
        )(?=\W|$)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Promise();
}

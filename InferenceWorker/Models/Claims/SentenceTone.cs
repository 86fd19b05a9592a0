using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>What kind of sentence a claim stands in: whether a customer's own words can support it.</summary>
/// <param name="Asks">It is a question: it may repeat what the customer said, and a day in it is a proposal.</param>
/// <param name="Offers">The seller gives, does or charges something.</param>
/// <param name="OfSeller">It speaks of the seller, and not of the customer.</param>
/// <param name="Attributes">It says whose figure it is: "you mentioned", "their quote".</param>
readonly partial record struct SentenceTone(bool Asks, bool Offers, bool OfSeller, bool Attributes)
{
    const RegexOptions English =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace;

    /// <summary>Reads a sentence, perhaps unfinished.</summary>
    public static SentenceTone Of(string sentence)
    {
        var asks = (sentence.AsSpan().TrimEnd().EndsWith("?") && !TagQuestion().IsMatch(sentence))
            || Interrogative().IsMatch(sentence);
        var ofCustomer = Customer().IsMatch(sentence);
        var ofSeller = Seller().IsMatch(sentence) && !ofCustomer;
        return new SentenceTone(asks, Offer().IsMatch(sentence), ofSeller, Attribution().IsMatch(sentence));
    }

    /// <summary>Whether words of the customer support a claim in this sentence.</summary>
    public bool MayRepeat(Claim claim, string sentence)
    {
        if (Asks)
        {
            return true;
        }

        var demonstrative = Demonstrative().IsMatch(sentence.AsSpan(0, claim.At));
        return !Offers && claim.Kind switch
        {
            ClaimKind.Money or ClaimKind.Percent => Attributes || demonstrative,
            ClaimKind.Promise => false,
            _ => !OfSeller || demonstrative,
        };
    }

    [GeneratedRegex(
        """
        (^|[,.!–—-]\s)(so\s|and\s|then\s)?
        (would|could|should|can|may|might|shall|is|are|was|do|does|did|has|have|will|what|when|which|who|whom|where|why|how)\b[^?.!]*$
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Interrogative();

    // "…, okay?" makes no question of a statement.
    [GeneratedRegex(
        """
        [,–—-]\s?(ok|okay|right|deal|agreed|yes|fair(\senough)?|sounds?\sgood
            |(does|would)\sthat\s(work|help)|is\sthat\s(ok|okay|fair))\s?\?\s*$
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TagQuestion();

    // What a rep does for the conversation is no offer.
    [GeneratedRegex(
        """
        \b(I|we|our\s(team|engineers))(\swill|'ll|\scan|\scould|'d|\swould|\sare\sgoing\sto|'re\sgoing\sto)\b
            (?!(\s\w+ly|\salso|\sthen)?\s(send|share|call|check|find|ask|get\sback|come\sback|follow|email|set\sup|book|schedule|look|see
                |understand|talk|walk|show|explain|confirm|tell|compare|note|start|work|stay|keep|plan|go\s(through|over)|review|map|lay
                |bring|take\s(you|a\slook)|put\stogether|calculate|meet|be\shappy|suggest|recommend|help)\b)
        |\b(I|we)\s(\w+ly\s)?(guarantee|promise|offer|charge|give|cap|waive|discount)\b
        |\b(off|discount|rebate|refund|free)\b
        |\byou('ll|\swill|\swould|\scan)?\s(only\s|just\s)?(save|get|receive|pay)\b(?![^.?!]{0,30}\b(today|now|currently|already)\b)
        |\b(it|that|this|price|plan|licen[cs]e|seat)('s|\sis|\sstarts\sat|\swould\sbe|\scomes\sto|\scosts?)\s
            (only\s|just\s)?[$€£]?\d
        |\b(our|the)\s(\w+\s)?(price|fee|rate|plan|offer|discount)s?\b|\b(price|fee|rate|plan)s?\s(is|are|starts?)\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Offer();

    [GeneratedRegex(
        @"\b(I|we|our|us|my)\b", English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Seller();

    [GeneratedRegex(
        @"\b(you|your|yours|they|their|them)\b", English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Customer();

    [GeneratedRegex(
        """
        \byou('re|'ve|\sare|\shave|\shad|\sjust|\salso)*\s?
            (said|say|mention\w*|told|quoted|named|asked|hear\w*|spend|lose|losing|handle|handling|run|need|expect\w*
                |pay\b[^.?!]{0,30}\b(today|now|currently)|paying)\b
        |\byour\b|\byou('re|\sare|\shave)\b|\bthey\s(charge|quoted?|offer\w*|ask)|\btheir\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Attribution();

    [GeneratedRegex(
        @"\b(that|those|this|these)\s(extra\s|additional\s|whole\s)?$", English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Demonstrative();
}

using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>Days, months and durations of a text. English, and dates in digits.</summary>
static partial class Dates
{
    const string Month = "(?<month>Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sep(t(ember)?)?|Oct(ober)?"
        + "|Nov(ember)?|Dec(ember)?)";
    const string Count = $@"\d{{1,3}}|{Numbers.Word}([-\s]{Numbers.Word})?";

    const string Ordinals =
        "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
        + "|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth"
        + "|thirty[- ]first";

    // How every date below begins, digits apart. Each attempt of so large a pattern costs half a microsecond, wherever it fails.
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> firstWords = (
        "q1 q2 q3 q4 jan january feb february mar march apr april may jun june jul july aug august sep sept september oct "
        + "october nov november dec december one two three four five six seven eight nine ten eleven twelve thirteen "
        + "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
        + "hundred thousand million first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        + "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth monday mondays "
        + "tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday sundays "
        + "tomorrow tonight overnight after at before beginning by during early end every for from in last late less mid "
        + "middle next of right since start starting still take takes the this under until up within")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // Part of every date below.
    static readonly SearchValues<string> cues = SearchValues.Create(
        [
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "day", "week", "month", "quarter", "year", "hour", "minute", "second",
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "tomorrow", "tonight", "overnight",
            "weekend", "noon", "easter", "christmas", "summer", "spring", "winter", "fall", "autumn", "holidays", "o'clock",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text has a word that every date has; nearly free.</summary>
    public static bool MayBeIn(ReadOnlySpan<char> text) => text.ContainsAny(cues);

    /// <param name="from">Where the search begins; what is before it belongs to no claim.</param>
    public static IReadOnlyList<Claim> In(string text, int from = 0)
    {
        if (!MayBeIn(text))
        {
            return [];
        }

        var (found, end) = (new List<Claim>(), from);
        foreach (var word in Words().EnumerateMatches(text, from))
        {
            if (word.Index >= end && MayBegin(text.AsSpan(word.Index, word.Length))
                && Date().Match(text, word.Index) is { Success: true } match)
            {
                found.Add(new Claim(match.Index, match.Value, ClaimKind.Date, DateKey.Of(match.Groups)));
                end = match.Index + match.Length;
            }
        }

        return found;
    }

    static bool MayBegin(ReadOnlySpan<char> word) => char.IsDigit(word[0]) || firstWords.Contains(word);

    [GeneratedRegex(@"\b[\p{L}\d]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();

    // Minutes and hours are claims where something is done within them; "twenty minutes of your time" is none.
    [GeneratedRegex(
        $$"""
        \G(
        {{Month}}\.?\s(the\s)?(?<day>(3[01]|[12]?\d)(st|nd|rd|th)?\b|({{Ordinals}})\b)(,?\s(19|20)\d\d\b)?
        |(?<day>((3[01]|[12]?\d)(st|nd|rd|th)?|{{Ordinals}}))\s(of\s)?{{Month}}\b(,?\s(19|20)\d\d\b)?
        |((by|until|before|after|from|since|in|during|for|early|mid|late|end\sof|of|starting|this|next|last)
            (\s(early|mid|late|the\send\sof))?[-\s])(?-i:{{Month}})\b(\s(19|20)\d\d\b)?
        |(?<other>(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b(\s(morning|noon|afternoon|evening))?
        |(?<other>tomorrow|tonight|overnight|the\sday\safter\stomorrow|right\sbefore\sthe\sweekend)\b
        |((by|before|until|at|from)\s)?(the\s)?(?<other>(end|start|beginning|middle)\sof\s(the|this|next)\s(day|week|month|quarter|year))\b
        |((by|before|within|from|starting|still|early|until)\s)?(?<other>next\s(week|month|quarter|year|summer|spring|winter|fall|autumn))\b
        |(by|before|within|still)\s
            (?<other>(this|the)\s(week|weekend|month|quarter|year|summer|spring|winter|fall|autumn|holidays))\b
        |(by|before|until)\s(?<other>today|noon|Christmas|Easter|year[-\s]end|month[-\s]end)\b
        |(?<other>Q[1-4])\b(\s?(of\s)?(20)?\d\d\b)?
        |(?<other>(first|second|third|fourth|last)\squarter)\b
        |(?<other>(19|20)\d\d-\d\d?-\d\d?|\d{1,2}[./]\d{1,2}[./](20)?\d\d)\b
        |(the\s)(?<other>(3[01]|[12]?\d)(st|nd|rd|th))\b
        |(?<other>\d{1,2}(:\d\d)?\s?(am|pm|a\.m\.|p\.m\.|o'clock))
        |((in|within|under|less\sthan|takes?|after|every|up\sto|of)\s)(just\s|about\s|only\s|under\s|less\sthan\s|the\snext\s)?
            (?<count>an?|{{Count}})[-\s](?<unit>second|minute|hour)s?\b
        |((in|within|under|less\sthan)\s)(just\s|about\s|only\s|under\s)?
            (?<count>an?)\s((business|working)\s)?(?<unit>day|week|month|quarter|year)\b
        |(?<count>{{Count}})[-\s]((full|whole|more|extra|business|working)[-\s])?(?<unit>day|week|month|quarter|year)s?\b
        )
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Date();
}

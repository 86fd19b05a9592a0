using System.Text.RegularExpressions;

namespace Teleprompter.Hosting.Privacy;

/// <summary>E-mail addresses, written and spoken; IBANs; passport-like identifiers; dates of birth.</summary>
static partial class Addresses
{
    const RegexOptions English =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace;

    const RegexOptions AsWritten = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace;

    public static IEnumerable<Finding> In(string text, RedactionKinds kinds)
    {
        if (kinds.HasFlag(RedactionKinds.Emails))
        {
            foreach (Match email in Email().Matches(text))
            {
                yield return new Finding(email.Index, email.Index + email.Length, "[email]");
            }

            // Only where there is an "at": to look at every word for a spoken address is what costs most.
            var spoken = text.Contains(" at ", StringComparison.OrdinalIgnoreCase) || text.Contains(" @ ", StringComparison.Ordinal);
            foreach (var email in spoken ? SpokenEmail().Matches(text) : Enumerable.Empty<Match>())
            {
                if (IsEmail(text, email))
                {
                    var local = email.Groups["local"];
                    yield return new Finding(local.Index, email.Index + email.Length, "[email]");
                }
            }
        }

        if (kinds.HasFlag(RedactionKinds.Accounts))
        {
            foreach (Match iban in Iban().Matches(text))
            {
                if (End(text, iban) is { } end)
                {
                    yield return new Finding(iban.Index, end, "[account number]");
                }
            }
        }

        if (kinds.HasFlag(RedactionKinds.Identifiers))
        {
            foreach (Match identifier in Identifier().Matches(text))
            {
                var value = identifier.Groups["value"];
                yield return new Finding(value.Index, value.Index + value.Length, "[identifier]");
            }
        }
    }

    // "Meet me at acme dot com" names a place; "jane dot doe at acme dot com", "jane at gmail dot com" and "my e-mail is jane at acme dot
    // com" are addresses.
    static bool IsEmail(string text, Match email)
    {
        var local = email.Groups["local"].Value;
        return Joined().IsMatch(local)
            || (!NoName().IsMatch(local)
                && (Provider().IsMatch(email.Groups["domain"].Value)
                    || Announced().IsMatch(text.AsSpan(Math.Max(0, email.Index - 60)..email.Groups["local"].Index))));
    }

    /// <summary>Where an IBAN ends; spoken ones are read as digits.</summary>
    static int? End(string text, Match start)
    {
        var country = string.Concat(start.Value.Where(char.IsAsciiLetter)).ToUpperInvariant();
        var rest = text[(start.Index + start.Length)..];
        var iban = country;
        foreach (var (end, value) in Parts(rest))
        {
            iban += value;
            if (iban.Length > 34)
            {
                return null;
            }

            if (Checksums.IsIban(iban) && (end >= rest.Length || !char.IsLetterOrDigit(rest[end])))
            {
                return start.Index + start.Length + end;
            }
        }

        return null;
    }

    static IEnumerable<(int End, string Value)> Parts(string text)
    {
        var pieces = NumberReader.Runs(text).SelectMany(run => run.Pieces).ToDictionary(piece => piece.Start);
        for (var at = 0; at < text.Length;)
        {
            if (pieces.TryGetValue(at, out var piece))
            {
                at = piece.End;
                yield return (at, piece.Digits);
            }
            else if (char.IsAsciiLetter(text[at]))
            {
                var end = at;
                while (end < text.Length && char.IsAsciiLetter(text[end]))
                {
                    end++;
                }

                if (end - at > 4)
                {
                    yield break;
                }

                yield return (end, text[at..end].ToUpperInvariant());
                at = end;
            }
            else
            {
                at++;
            }
        }
    }

    [GeneratedRegex(
        """
        [\w.+%-]+@[\w-]+(\.[\w-]+)+
        """,
        AsWritten, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Email();

    [GeneratedRegex(
        """
        \b(?<local>(([\w'-]+\s(dot|underscore|dash|hyphen|minus|plus|point)\s|[\w-]+[._+-])*)[\w-]+(\s\d+)?)\s(@
            |at|at\ssign|at\sthe\srate|at\ssymbol)\s
        (?<domain>([\w-]+(\s(dash|hyphen)\s[\w-]+)*(\s(dot|point)\s|\.))+(com|net|org|edu|gov|io|co(\s(dot)\s|\.)uk
            |co|uk|de|fr|es|it|eu|ca|au|nl|ch|at|us|ai|biz|info|me|app|dev|tech))\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SpokenEmail();

    [GeneratedRegex(
        """
        [._+]|\d|\s(dot|underscore|dash|hyphen|minus|plus|point)\s
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Joined();

    [GeneratedRegex(
        """
        ^(me|us|you|it|him|her|them|look|check|see|is|are|was|out|available|find|page|here|there|that|this
            |stuff|products?|up|back|started?|signed)$
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoName();

    [GeneratedRegex(
        """
        ^(gmail|google\s?mail|outlook|hotmail|yahoo|icloud|proton(mail)?|gmx|aol|live|msn|me|web|fastmail
            |mail)\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Provider();

    [GeneratedRegex(
        """
        \be-?\s?mail|\baddress\b|\bsend\b|\bwrite\b|\breach\b|\bcc\b|\bforward\b|\bcontact\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Announced();

    // Up to the checksum's first digit.
    [GeneratedRegex(
        """
        \b([A-Z]{2}(?=\d{2})|[A-Za-z][\s.-]{1,2}[A-Za-z]\s(?=\d|zero|one|two|three|four|five|six|seven|eight
            |nine|\w+teen|\w+ty\b)|[A-Z]{2}\s(?=\d|zero|one|two|three|four|five|six|seven|eight|nine|\w+teen
            |\w+ty\b))
        """,
        AsWritten, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Iban();

    [GeneratedRegex(
        """
        \b(date\sof\sbirth|dob|birth\s?(date|day)|born(\son)?)\b[\s,:]*((is|was|on|it's|the)\s)*
            (?<value>\d{1,4}[./-]\d{1,2}[./-]\d{1,4}
            |(January|February|March|April|May|June|July|August|September|October|November|December)\s[\w\s]{1,25}?,?\s(19|20)\d\d
            |\d{1,2}(st|nd|rd|th)?\s(of\s)?(January|February|March|April|May|June|July|August|September|October
                |November|December),?\s(19|20)\d\d)
        |\b(passport|licen[cs]e|licen[cs]e\s(number|no)|national\sinsurance|insurance\snumber|id\snumber|member\sid)\b
            [^.\d]{0,25}?\b(?<value>(?=[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d[A-Z\d-]*\d)[A-Z\d]+(-?[A-Z\d]+)*)\b
        |\b(?<value>[A-CEGHJ-PR-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D])\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Identifier();
}

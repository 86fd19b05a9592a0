using System.Text.RegularExpressions;

namespace Teleprompter.Hosting.Privacy;

/// <summary>What a number is: by its checksum, by how it is written, or by the words before it.</summary>
static partial class Numbers
{
    const RegexOptions English =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace;

    const RegexOptions AsWritten = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace;

    // How far before a number the word stands that announces it.
    const int Before = 60;

    /// <summary>The numbers of a text that are removed.</summary>
    /// <param name="unfinished">The text may go on: a number at its end, of six digits or more, is removed, whatever it becomes.</param>
    public static IEnumerable<Finding> In(string text, RedactionKinds kinds, bool unfinished)
    {
        foreach (var run in NumberReader.Runs(text).Where(run => run.Digits.Length >= 3))
        {
            if (Of(text, run, kinds) is { } finding)
            {
                yield return finding;
            }
            else if (unfinished && run.Digits.Length >= 6 && run.End >= text.TrimEnd().Length && !IsQuantity(text, run))
            {
                yield return new Finding(run.Start, run.End, "[number]");
            }
        }
    }

    static Finding? Of(string text, NumberRun run, RedactionKinds kinds)
    {
        var before = text[Math.Max(0, run.Start - Before)..run.Start];
        var about = Announced().Matches(before) is [.., var last] ? last : null;
        bool Is(string group) => about?.Groups[group].Success is true;
        var length = run.Digits.Length;

        // The country's code of a spoken number belongs to it, and so does the bracket.
        var from = before.EndsWith("plus ", StringComparison.OrdinalIgnoreCase) ? run.Start - 5
            : before.EndsWith('+') || before.EndsWith('(') ? run.Start - 1
            : run.Start;
        Finding? whole(RedactionKinds kind, string placeholder) => kinds.HasFlag(kind) ? new Finding(from, run.End, placeholder) : null;

        if (length >= 13 && !Is("other") && run.Find(13, 19, Checksums.IsCard) is var (start, end))
        {
            return kinds.HasFlag(RedactionKinds.Cards) ? new Finding(start, end, "[card number]") : null;
        }

        if ((Is("card") && length >= 12) || (Is("code") && length is >= 3 and <= 8))
        {
            return whole(RedactionKinds.Cards, Is("code") ? "[code]" : "[card number]");
        }

        if (IsQuantity(text, run) || Is("other"))
        {
            return null;
        }

        if (Is("account") && length is >= 5 and <= 18)
        {
            return whole(RedactionKinds.Accounts, "[account number]");
        }

        if (Is("social") ? length is 4 or 9 : IsSocialSecurity(run) && !Is("phone"))
        {
            return whole(RedactionKinds.Identifiers, "[identifier]");
        }

        if (Is("identity") && length is >= 5 and <= 12)
        {
            return Lettered().Match(before) is { Success: true } letters && kinds.HasFlag(RedactionKinds.Identifiers)
                ? new Finding(run.Start - letters.Length, run.End, "[identifier]")
                : whole(RedactionKinds.Identifiers, "[identifier]");
        }

        var international = from < run.Start && !before.EndsWith('(');
        return IsPhone(run, international, Is("phone")) ? whole(RedactionKinds.Phones, "[phone number]") : null;
    }

    static bool IsPhone(NumberRun run, bool international, bool announced)
    {
        var digits = run.Digits;
        if (international)
        {
            return digits.Length is >= 8 and <= 15;
        }

        if (announced)
        {
            return digits.Length is >= 6 and <= 15;
        }

        // A number of North America, with its country code or without.
        var national = digits.Length == 11 && digits[0] == '1' ? digits[1..] : digits;
        if (national.Length == 10 && national[0] >= '2' && national[3] >= '2')
        {
            return true;
        }

        // Elsewhere a trunk zero and groups.
        return digits.Length is 10 or 11 && digits[0] == '0' && digits[1] != '0' && run.Pieces.Count > 1;
    }

    static bool IsSocialSecurity(NumberRun run) =>
        run.Pieces.Select(piece => piece.Digits.Length).SequenceEqual([3, 2, 4])
        && run.Digits is { } digits && digits[..3] is not ("000" or "666") && digits[0] != '9' && digits[3..5] != "00"
        && digits[5..] != "0000";

    static bool IsQuantity(string text, NumberRun run) =>
        Grouped().IsMatch(text.AsSpan(run.Start, run.End - run.Start)) || MoneyBefore().IsMatch(text.AsSpan(0, run.Start))
        || UnitBehind().IsMatch(text.AsSpan(run.End));

    [GeneratedRegex(
        """
        \b((?<card>(credit|debit|bank|visa|amex|mastercard)?\s?card(\snumber)?|visa|amex|mastercard)
        |(?<code>cvv2?|cvc2?|security\scode|card\scode|verification\scode|pin(\s(code|number))?|passcode|one[-\s]time\s(code|password)|otp)
        |(?<account>account(\s(number|no))?|acct|routing(\snumber)?|sort\scode|iban|konto(nummer)?|wire\sit\sto)
        |(?<social>social(\ssecurity)?(\snumber)?|ssn|itin|tax\s(payer\s)?id|tin)
        |(?<identity>passport|licen[cs]e(\snumber|\sno)|driver'?s?\slicen[cs]e|driving\slicen[cs]e|national\sinsurance
            |(national|personal)\sid|identity\s(card|number)|id\snumber|member\sid|insurance\snumber)
        |(?<phone>phone|telephone|mobile|cell(phone)?|landline|fax|whatsapp|call\s(me|us|him|her|them)|text\s(me
            |us)|reach\s(me|us|him|her)|dial|ring\sme|direct\sline|extension|my\snumber|(his|her|our)\snumber|callback
            |hotline|tel)
        |(?<other>orders?|invoice|ticket|case|reference|tracking|serial|model|part|sku|version|purchase|po\snumber
            |quote|article|item|batch|license\skey|build|request\sid|record|flight|isbn|ean|barcode|booking|error))\b
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Announced();

    [GeneratedRegex(
        """
        \b([A-Z]\s?){1,3}$
        """,
        AsWritten, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Lettered();

    [GeneratedRegex(
        """
        ^\d{1,3}(,\d{3})+$|^\d+\.\d+$
        """,
        AsWritten, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Grouped();

    [GeneratedRegex(
        """
        ([$€£¥]|\b(usd|eur|gbp))\s?$
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MoneyBefore();

    [GeneratedRegex(
        """
        ^\s?([$€£¥%]|(percent|dollars?|euros?|pounds?|thousand|million|billion|bucks|people|users|seats|customers
            |records|rows|requests|messages|transactions|calls|tickets|items|orders|miles|kilometers|meters|hours
            |days|euro|usd|eur|tons|units|a\s(month|year|day|week)|per)\b)
        """,
        English, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex UnitBehind();
}

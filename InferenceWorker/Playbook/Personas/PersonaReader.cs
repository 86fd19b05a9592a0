using System.Globalization;
using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>Reads a persona's Markdown: see <c>Shipped/README.md</c> for what it may hold.</summary>
public static partial class PersonaReader
{
    /// <summary>Below this many points a persona repeats itself within a minute.</summary>
    public const int FewestAttacks = 3;

    /// <summary>More words than this are a speech, and no interruption.</summary>
    public const int MostWords = 30;

    /// <summary>A longer file is no persona; the whole file is kept with every rehearsal.</summary>
    public const int MostCharacters = 16_384;

    const int LongestVoice = 100;

    const string Role = "role";
    const string Company = "company";
    const string Mood = "mood";
    const string Opens = "opens";
    const string Interrupts = "interrupts";
    const string Attacks = "attacks";
    const string Patience = "patience";
    const string Closes = "closes";
    const string Voice = "voice";

    const string InterruptForms =
        "Write 'after 20 seconds: …', 'vague words: …', 'claim without a number: …', 'question dodged: …', "
        + "'says discount, free: …', 'murmurs after 8 seconds: …' or 'at most 3 a minute'.";

    /// <summary>Reads one persona, whose id is its file's name.</summary>
    /// <param name="file">The file, relative to the folder of personas.</param>
    /// <param name="errors">Receives what is wrong with it.</param>
    /// <returns>The persona; null when anything but a warning is wrong.</returns>
    public static Persona? Read(string file, string text, ICollection<PlaybookError> errors)
    {
        var page = MarkdownPage.Read(file, text, [Role, Company, Mood, Opens, Interrupts, Attacks, Patience, Closes, Voice]);
        if (text.Length > MostCharacters)
        {
            page.Report(1, $"The file has {text.Length} characters; a persona has at most {MostCharacters}.");
        }

        var rules = ReadInterrupts(page);
        var patience = ReadPatience(page);
        var persona = new Persona(
            Path.GetFileNameWithoutExtension(file).ToLowerInvariant(), page.Title, Required(page, Role), Required(page, Company),
            Required(page, Mood), text)
        {
            Voice = ReadVoice(page),
            Opens = [.. Items(page, Opens).Select(item => Line(page, item, item.Text))],
            Interrupts = rules.CutIns,
            Murmur = rules.Murmur,
            CutInsAMinute = rules.AMinute,
            Attacks = ReadAttacks(page),
            Holds = patience.Holds,
            HangsUpAfter = patience.HangsUpAfter,
            Agrees = Closing(page, "next step"),
            HangsUp = Closing(page, "hangs up"),
        };
        Require(page, Opens, persona.Opens.Count > 0, "The persona does not open. Add '## Opens' with a list of what it may say first.");
        Require(
            page, Attacks, persona.Attacks.Count >= FewestAttacks,
            $"Too few points to press on. Put at least {FewestAttacks} under '## Attacks', each as in 'price, cost: That is too much.'.");
        Require(
            page, Closes, persona.HangsUpAfter is null || persona.HangsUp.Count > 0,
            "The persona hangs up without a word. Add 'hangs up: …' under '## Closes'.");
        foreach (var problem in page.Problems.OrderBy(problem => problem.Line))
        {
            errors.Add(problem);
        }

        return page.Problems.All(problem => problem.IsWarning) ? persona : null;
    }

    static (List<CutInRule> CutIns, (TimeSpan After, string Line)? Murmur, int AMinute) ReadInterrupts(MarkdownPage page)
    {
        var (rules, murmur, aMinute) = (new List<CutInRule>(), default((TimeSpan, string)?), 3);
        foreach (var item in Items(page, Interrupts))
        {
            if (AtMost().Match(item.Text) is { Success: true } most)
            {
                aMinute = Number(page, item, most, 1, 10);
            }
            else if (Form().Match(item.Text) is { Success: true } form && Line(page, item, form.Groups["line"].Value) is var line)
            {
                TimeSpan After() => TimeSpan.FromSeconds(Number(page, item, form, 4, 120));
                switch (form.Groups["kind"].Value.ToLowerInvariant())
                {
                    case "murmurs after": murmur = (After(), line); break;
                    case "after": rules.Add(new(CutInReason.Monologue, line, After(), [])); break;
                    case "vague words": rules.Add(new(CutInReason.VagueWords, line, null, [])); break;
                    case "claim without a number": rules.Add(new(CutInReason.ClaimWithoutNumber, line, null, [])); break;
                    case "question dodged": rules.Add(new(CutInReason.QuestionDodged, line, null, [])); break;
                    default: rules.Add(new(CutInReason.Trigger, line, null, Words(form.Groups["words"].Value))); break;
                }
            }
            else
            {
                page.Report(item.Line, $"'{item.Text}' says not when to interrupt. {InterruptForms}");
            }
        }

        return (rules, murmur, aMinute);
    }

    static List<PersonaAttack> ReadAttacks(MarkdownPage page)
    {
        var attacks = new List<PersonaAttack>();
        foreach (var item in Items(page, Attacks))
        {
            if (item.Text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && Words(item.Text[..colon]) is { Count: > 0 } topics)
            {
                attacks.Add(new(topics, Line(page, item, item.Text[(colon + 1)..].Trim())));
            }
            else
            {
                page.Report(
                    item.Line, "The point has no topic. Write the words that bring it up first, as in 'price, cost: That is too much.'.");
            }
        }

        return attacks;
    }

    static (bool Holds, int? HangsUpAfter) ReadPatience(MarkdownPage page)
    {
        var (holds, hangsUpAfter) = (false, default(int?));
        foreach (var item in Items(page, Patience))
        {
            switch (item.Text.ToLowerInvariant())
            {
                case "yields": holds = false; break;
                case "holds": holds = true; break;
                case var text when HangUp().Match(text) is { Success: true } match: hangsUpAfter = Number(page, item, match, 2, 20); break;
                default: page.Report(item.Line, "Write 'yields', 'holds' or 'hangs up after 4 interruptions'."); break;
            }
        }

        return (holds, hangsUpAfter);
    }

    static List<string> Closing(MarkdownPage page, string kind)
    {
        var lines = new List<string>();
        foreach (var item in Items(page, Closes))
        {
            var colon = item.Text.IndexOf(':', StringComparison.Ordinal);
            var named = colon > 0 ? item.Text[..colon].Trim().ToLowerInvariant() : "";
            if (named == kind)
            {
                lines.Add(Line(page, item, item.Text[(colon + 1)..].Trim()));
            }
            else if (named is not ("next step" or "hangs up") && !page.Problems.Any(problem => problem.Line == item.Line))
            {
                page.Report(item.Line, "Write 'next step: …' or 'hangs up: …'.");
            }
        }

        return lines;
    }

    static string? ReadVoice(MarkdownPage page)
    {
        if (page.Texts(Voice) is not [var first, ..] texts)
        {
            return null;
        }

        Require(
            page, first.Line, texts.Count == 1 && first.Lines.Length == 1 && first.Text.Length <= LongestVoice,
            "The voice is not one name. Write it on one line as the speech server knows it, such as 'ash'.");
        return first.Text;
    }

    static string Required(MarkdownPage page, string section)
    {
        var text = string.Join(' ', page.Texts(section).Select(text => text.Text));
        var name = $"{char.ToUpperInvariant(section[0])}{section[1..]}";
        Require(page, section, text.Length > 0, $"The persona has no {section}. Add '## {name}' with a few words.");
        return text;
    }

    static IEnumerable<MarkdownText> Items(MarkdownPage page, string section) => page.Texts(section).Where(text => text.IsItem);

    static string Line(MarkdownPage page, MarkdownText item, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        Require(page, item.Line, words is > 0 and <= MostWords, $"The line has {words} words; a buyer says 1 to {MostWords} at once.");
        return line;
    }

    static int Number(MarkdownPage page, MarkdownText item, Match match, int least, int most)
    {
        var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        Require(page, item.Line, number >= least && number <= most, $"{number} is out of range; take {least} to {most}.");
        return number;
    }

    static IReadOnlyList<string> Words(string list) =>
        [.. list.ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Trim('"', '“', '”'))];

    static void Require(MarkdownPage page, string section, bool holds, string message) =>
        Require(page, page.LineOf(section), holds, message);

    static void Require(MarkdownPage page, int line, bool holds, string message)
    {
        if (!holds && !page.Problems.Any(problem => problem.Line == line && problem.Message == message))
        {
            page.Report(line, message);
        }
    }

    const RegexOptions Written = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"^((?<kind>(murmurs )?after) (?<number>\d{1,4}) ?s(econds?)?|(?<kind>vague words|claim without a number|question dodged)"
        + @"|(?<kind>says) (?<words>[^:]+?))\s*:\s*(?<line>.*)$",
        Written, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Form();

    [GeneratedRegex(@"^at most (?<number>\d{1,4}) (times )?a minute\.?$", Written, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AtMost();

    [GeneratedRegex(@"^hangs up after (?<number>\d{1,4}) (interruptions|cut-ins)\.?$", Written, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HangUp();
}

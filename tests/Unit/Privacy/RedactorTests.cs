using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Privacy;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Privacy;

public sealed partial class RedactorTests
{
    // What must go stands in braces.
    static readonly string[] lines = File.ReadAllLines(Path.Combine(RepositoryFiles.Golden, "redaction.txt"));

    [Test]
    public void A_team_has_kinds_of_its_own()
    {
        const string Said = "Write to jane@acme.com, my card is 4111 1111 1111 1111.";
        var redactor = new Redactor(Options.Create(new PrivacyOptions { Teams = { ["south"] = "Cards", ["north"] = "None" } }));

        Assert.That(redactor.Redact(Said, team: "south"), Is.EqualTo("Write to jane@acme.com, my card is [card number]."));
        Assert.That(redactor.Redact(Said, team: "north"), Is.SameAs(Said));
        Assert.That(redactor.Redact(Said, team: "west"), Is.EqualTo(redactor.Redact(Said)).And.Not.Contain("jane").And.Not.Contain("4111"));
    }

    [Test]
    public void A_kind_that_is_not_known_is_named_with_its_team()
    {
        var options = new PrivacyOptions { Teams = { ["south"] = "Faces" } };

        Assert.That(
            options.Validate(new ValidationContext(options)).Single().ErrorMessage, Does.StartWith("Privacy:Teams:south takes All, None"));
    }

    [Test]
    public void Of_the_labelled_lines_97_percent_of_the_mentions_go_and_95_percent_of_what_goes_is_one()
    {
        var redactor = Redacting("All");
        var (mentions, gone, removed, wrong) = (0, 0, 0, new List<string>());
        foreach (var line in lines)
        {
            var text = Braces().Replace(line, "");
            var redacted = redactor.Redact(text);
            var mention = Mention().Match(line);
            var placeholders = Placeholder().Count(redacted);
            removed += placeholders;
            mentions += mention.Success ? 1 : 0;
            var expected = mention.Success
                ? Regex.Escape(line).Replace(Regex.Escape(mention.Value), @"\[[a-z ]+\]", StringComparison.Ordinal)
                : null;
            if (expected is not null && Regex.IsMatch(redacted, $"^{expected}$", RegexOptions.None, TimeSpan.FromSeconds(1)))
            {
                gone++;
            }
            else if (expected is not null || placeholders > 0)
            {
                wrong.Add($"{line} -> {redacted}");
            }
        }

        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{lines.Length} lines, {mentions} mentions: recall {gone / (double)mentions:0.000}, "
            + $"precision {gone / (double)removed:0.000}"));
        TestContext.Out.WriteLine(string.Join('\n', wrong));
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.GreaterThanOrEqualTo(300));
            Assert.That(gone / (double)mentions, Is.GreaterThanOrEqualTo(0.97));
            Assert.That(gone / (double)removed, Is.GreaterThanOrEqualTo(0.95));
        });
    }

    [Test]
    public void Lines_of_real_dialogues_that_mention_nobody_stay_as_they_are()
    {
        var redactor = Redacting("All");
        var said = Csv.Rows(SharedData.Find("data/banking77-train.csv")).Select(row => row[0])
            .Concat(File.ReadLines(SharedData.Find("data/taskmaster4-dialogues.jsonl")).SelectMany(TurnsOf));
        var changed = said.Select(text => (Text: text, Redacted: redactor.Redact(text))).Where(line => line.Text != line.Redacted).ToList();
        Assert.That(changed, Is.Empty);
    }

    [Test]
    public void A_redacted_text_stays_as_it_is()
    {
        var redactor = Redacting("All");
        foreach (var redacted in lines.Select(line => redactor.Redact(line)))
        {
            Assert.That(redactor.Redact(redacted), Is.SameAs(redacted));
        }
    }

    [Test]
    public void Of_words_that_may_go_on_a_long_number_goes_before_it_is_whole()
    {
        var interim = new TranscriptSegment("1", Speaker.Customer, "it is four one one one one one", Final: false);
        Assert.That(Redacting("All").Redact(interim).Segment.Text, Is.EqualTo("it is [number]"));
        Assert.That(Redacting("All").Redact(interim with { Final = true, EndOfTurn = true }).Segment.Text, Is.EqualTo(interim.Text));
    }

    [TestCase("Emails", "[email] 4111 1111 1111 1111")]
    [TestCase("cards, phones", "a.b@c.de [card number]")]
    [TestCase("None", "a.b@c.de 4111 1111 1111 1111")]
    public void Only_the_chosen_kinds_go(string kinds, string redacted) =>
        Assert.That(Redacting(kinds).Redact("a.b@c.de 4111 1111 1111 1111"), Is.EqualTo(redacted));

    [Test]
    public void A_kind_that_does_not_exist_is_refused_with_those_that_do() =>
        Assert.That(
            new PrivacyOptions { Redact = "Names" }.Validate(new(new object())).Single().ErrorMessage,
            Does.Contain("All, None, or some of Cards"));

    [Test]
    [Explicit("Measures, and asserts nothing.")]
    public void A_line_costs()
    {
        var redactor = Redacting("All");
        var started = 0L;
        for (var run = -5; run < 50; run++)
        {
            started = run == 0 ? Stopwatch.GetTimestamp() : started;
            foreach (var line in lines)
            {
                redactor.Redact(line);
            }
        }

        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMicroseconds / (50.0 * lines.Length):0.0} µs a line");
    }

    static Redactor Redacting(string kinds) => new(Options.Create(new PrivacyOptions { Redact = kinds }));

    static IEnumerable<string> TurnsOf(string dialogue) =>
        JsonDocument.Parse(dialogue).RootElement.GetProperty("turns").EnumerateArray()
            .Select(turn => turn.GetProperty("text").GetString()!);

    [GeneratedRegex("[{}]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Braces();

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mention();

    [GeneratedRegex(@"\[[a-z ]+\]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Placeholder();
}

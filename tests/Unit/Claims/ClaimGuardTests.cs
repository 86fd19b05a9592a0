using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Claims;

[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class ClaimGuardTests
{
    static readonly LabelledAnswer[] answers =
    [
        .. Csv.Rows(Path.Combine(RepositoryFiles.Golden, "claims.csv")).Select(row =>
            new LabelledAnswer(new ClaimSources(row[0], row[1]), row[2], row[3].Split('|', StringSplitOptions.RemoveEmptyEntries))),
    ];

    [Test]
    public void Every_unsupported_claim_of_the_labelled_answers_is_named_and_few_supported_ones_are()
    {
        var missed = new List<string>();
        var alarms = new List<string>();
        foreach (var labelled in answers)
        {
            var named = ClaimGuard.Unsupported(labelled.Answer, labelled.Sources);
            missed.AddRange(labelled.Unsupported.Where(claim => !named.Any(name => Same(name, claim)))
                .Select(claim => $"{claim}: {labelled.Answer}"));
            alarms.AddRange(named.Where(name => !labelled.Unsupported.Any(claim => Same(name, claim)))
                .Select(name => $"{name}: {labelled.Answer}"));
        }

        var supported = answers.Count(labelled => labelled.Unsupported.Length == 0);
        TestContext.Out.WriteLine(
            $"{answers.Length} answers, {supported} of them supported; missed: {string.Join('\n', missed)}\n"
            + $"false alarms: {string.Join('\n', alarms)}");
        Assert.Multiple(() =>
        {
            Assert.That(answers, Has.Length.GreaterThan(120));
            Assert.That(missed, Is.Empty);
            Assert.That(alarms, Has.Count.LessThanOrEqualTo(supported / 20));
        });
    }

    [Test]
    public void However_an_answer_is_cut_no_unsupported_claim_is_on_the_screen_without_its_mark()
    {
        var random = new Random(4);
        foreach (var (sources, answer, unsupported) in answers)
        {
            for (var run = 0; run < 20; run++)
            {
                var guard = new ClaimGuard(sources);
                var (screen, named) = ("", (IReadOnlyList<string>)[]);
                var parts = Cut(answer, random).Select(delta => guard.Pass(new AnswerPart(delta))).Concat(Last(guard));
                foreach (var part in parts.OfType<AnswerPart>())
                {
                    screen += part.Text;
                    named = part.UnsupportedFigures ?? named;
                    foreach (var claim in unsupported.Where(claim => screen.Contains(claim, StringComparison.Ordinal)))
                    {
                        Assert.That(named.Any(name => Same(name, claim)), Is.True, $"{claim} is firm in: {screen}");
                    }
                }

                Assert.That(screen, Is.EqualTo(answer));
                Assert.That(named, Is.EqualTo(ClaimGuard.Unsupported(answer, sources)), answer);
            }
        }
    }

    [Test]
    public void A_long_sentence_that_grows_has_the_claims_that_it_has_as_a_whole()
    {
        var random = new Random(5);
        foreach (var sentence in answers.Select(labelled => labelled.Answer.Replace(". ", ", and ", StringComparison.Ordinal)).Chunk(3)
            .Select(three => string.Join(", and ", three)))
        {
            var claims = new SentenceClaims();
            var (growing, grown) = ("", (IEnumerable<Claim>)[]);
            foreach (var delta in Cut(sentence, random))
            {
                growing += delta;
                grown = claims.In(growing);
            }

            Assert.That(grown, Is.EquivalentTo(new SentenceClaims().In(sentence)), sentence);
        }
    }

    [TestCase("We can do it for $29 a seat, and 20% off.", "Card: 49 per seat for 20 seats", "$29", "20%")]
    [TestCase("It is $49 a seat.", "<card>Say: 49 € per seat</card>")]
    [TestCase("That is 1.200 € or 10k$.", "1,200 and 10 000 USD")]
    [TestCase("You save 15 %.", "rep: ten to 15 % of it; fifteen percent")]
    [TestCase("You save twenty percent.", "twenty seats", "twenty percent")]
    [TestCase("You save 10 %.", "about 10–15 % a year")]
    [TestCase("There are 2 options.", "")]
    [TestCase("There are 2 options in 3 weeks.", "", "3 weeks")]
    [TestCase("It takes 90 days and 12.5 hours.", "90 days", "12.5")]
    [TestCase("It costs one hundred and twenty dollars.", "$120")]
    [TestCase("It costs two hundred dollars.", "$100", "two hundred dollars")]
    [TestCase("We start on the thirtieth of June.", "June 30")]
    [TestCase("We start on the twenty-first of June.", "June 30", "twenty-first of June")]
    [TestCase("No figure at all.", "49")]
    public void A_figure_that_nothing_supports_is_named(string answer, string offered, params string[] unsupported) =>
        Assert.That(ClaimGuard.Unsupported(answer, new ClaimSources(offered, "")), Is.EqualTo(unsupported));

    [Test]
    public void Words_that_are_no_figure_leave_with_the_delta_they_came_in()
    {
        var guard = new ClaimGuard(ClaimSources.None);
        Assert.That(guard.Pass(new AnswerPart("Guaran"))?.Text, Is.EqualTo("Guaran"));
        Assert.That(guard.Pass(new AnswerPart("teed for $"))?.Text, Is.EqualTo("teed for "));
        Assert.That(guard.Pass(new AnswerPart("4")), Is.Null);
        Assert.That(guard.Pass(new AnswerPart("9 a seat"))?.Text, Is.EqualTo("$49 a seat"));
    }

    [Test]
    public void What_replaces_an_answer_is_checked_anew()
    {
        var guard = new ClaimGuard(ClaimSources.None);
        Assert.That(guard.Pass(new AnswerPart("We can do $29. And 1"))?.UnsupportedFigures, Is.EqualTo(new[] { "$29" }));
        Assert.That(guard.Pass(new AnswerPart("Fair.", Replaces: true))?.UnsupportedFigures, Is.Empty);
        Assert.That(guard.End(), Is.Null);
    }

    [Test]
    [Explicit("Measures, and asserts nothing.")]
    public void A_delta_costs()
    {
        const string answer =
            "That is fair, and most teams your size see it paid back inside two quarters, because "
            + "onboarding takes one day and support is included.";
        string[] deltas = [.. answer.Chunk(5).Select(part => new string(part))];
        var started = 0L;
        for (var run = -500; run < 5_000; run++)
        {
            started = run == 0 ? Stopwatch.GetTimestamp() : started;
            var guard = new ClaimGuard(answers[0].Sources);
            foreach (var delta in deltas)
            {
                guard.Pass(new AnswerPart(delta));
            }

            guard.End();
        }

        TestContext.Out.WriteLine($"{Stopwatch.GetElapsedTime(started).TotalMicroseconds / (5_000.0 * deltas.Length):0.0} µs a delta");
    }

    static bool Same(string name, string claim) =>
        name.Contains(claim, StringComparison.OrdinalIgnoreCase) || claim.Contains(name, StringComparison.OrdinalIgnoreCase);

    // Asked only once the deltas have passed.
    static IEnumerable<AnswerPart?> Last(ClaimGuard guard)
    {
        yield return guard.End();
    }

    static IEnumerable<string> Cut(string text, Random random)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, 9), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    sealed record LabelledAnswer(ClaimSources Sources, string Answer, string[] Unsupported);
}

using System.Diagnostics;
using System.Globalization;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.Rehearsal;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Rehearsal;

/// <summary>
/// The monologues were labelled before the rules were written; <c>|</c> marks where a listener would cut in. The rules and their times were
/// set with <c>cut-ins-dev.csv</c> alone.
/// </summary>
public sealed class CutInDecisionTests
{
    // A second and a half before the mark a listener knows enough; four seconds after it the rep is still at what it is about.
    const int EarlyWords = 4;
    const int LateWords = 11;

    static readonly Persona Everything = Buyer("""
        - after 20 seconds: What is the point?
        - vague words: Be exact.
        - claim without a number: How much?
        - question dodged: That is not what I asked.
        - says partnership, digital journey, on a journey, game changer: Really?
        """);

    [TestCase("cut-ins-dev.csv")]
    [TestCase("cut-ins-held-out.csv")]
    public void A_buyer_cuts_in_where_a_listener_would(string file)
    {
        var monologues = Monologues(file).ToList();
        var (right, wrong, missed) = (0, new List<string>(), new List<string>());
        foreach (var monologue in monologues)
        {
            var (at, cutIn) = Run(monologue);
            var inTime = monologue.Mark is { } mark && at >= mark - EarlyWords && at <= mark + LateWords;
            right += inTime ? 1 : 0;
            if (cutIn is not null && (!inTime || cutIn.Reason != monologue.Reason))
            {
                wrong.Add($"word {at} ({cutIn.Reason}, wanted {monologue.Reason} at {monologue.Mark}): {cutIn.Why} {monologue}");
            }

            if (monologue.Mark is not null && !inTime)
            {
                missed.Add($"{monologue.Reason} at {monologue.Mark}, came at {at}: {monologue}");
            }
        }

        var expected = monologues.Count(monologue => monologue.Mark is not null);
        TestContext.Out.WriteLine(
            $"{monologues.Count} monologues, {expected} with a cut-in; right {right}, wrong {wrong.Count}\n"
            + $"wrong:\n{string.Join('\n', wrong)}\nmissed:\n{string.Join('\n', missed)}");
        Assert.Multiple(() =>
        {
            Assert.That(monologues, Has.Count.GreaterThanOrEqualTo(60));
            Assert.That(right / (double)(right + wrong.Count), Is.GreaterThanOrEqualTo(0.9), "precision");
            Assert.That(right / (double)expected, Is.GreaterThanOrEqualTo(0.8), "recall");
        });
    }

    [Test]
    public void No_good_short_answer_is_cut_off_and_nobody_in_the_first_three_seconds()
    {
        foreach (var monologue in Monologues("cut-ins-dev.csv").Concat(Monologues("cut-ins-held-out.csv")))
        {
            var (at, cutIn) = Run(monologue);
            if (monologue.Mark is null && monologue.Words.Length <= 30)
            {
                Assert.That(cutIn, Is.Null, monologue.ToString());
            }

            Assert.That(cutIn is null || at / monologue.WordsASecond >= 3, monologue.ToString());
        }
    }

    [Test]
    public void A_reason_that_the_persona_does_not_have_is_let_pass() => Assert.That(
        Decide(Buyer("- vague words: Be exact."), "This is a partnership and a journey for both of us", seconds: 30),
        Is.TypeOf<BuyerMove.None>());

    [Test]
    public void A_buyer_never_cuts_in_twice_in_a_row_for_the_same_reason()
    {
        var past = Past((CutInReason.Trigger, 5));
        Assert.That(Decide(Everything, "It is a partnership, as I said", seconds: 4, past), Is.TypeOf<BuyerMove.None>());
        past = Past((CutInReason.Trigger, 5), (CutInReason.Monologue, 30));
        Assert.That(Decide(Everything, "It is a partnership, as I said", seconds: 4, past), Is.TypeOf<BuyerMove.CutIn>());
    }

    [Test]
    public void The_strongest_reason_is_the_one_that_is_named() => Assert.That(
        Decide(Everything, "So basically it is sort of a partnership, more or less, I guess", seconds: 30),
        Is.EqualTo(new BuyerMove.CutIn(CutInReason.Trigger, "You said \"partnership\".")));

    [Test]
    public void A_minute_has_no_more_cut_ins_than_the_persona_allows()
    {
        var persona = Buyer("- after 20 seconds: Stop.\n- says journey: Really?\n- at most 2 a minute");
        var (now, words) = (TimeSpan.FromSeconds(100), "It is a journey, as I said");
        RepSpeech speech = new(null, now - TimeSpan.FromSeconds(5), words);
        Assert.Multiple(() =>
        {
            Assert.That(CutInDecision.Decide(persona, speech, Past((CutInReason.Trigger, 50), (CutInReason.Monologue, 60)), now),
                Is.TypeOf<BuyerMove.None>());
            Assert.That(CutInDecision.Decide(persona, speech, Past((CutInReason.Trigger, 39), (CutInReason.Monologue, 60)), now),
                Is.TypeOf<BuyerMove.CutIn>());
        });
    }

    [Test]
    public void A_buyer_whose_patience_is_used_up_hangs_up_instead_of_cutting_in_again()
    {
        var persona = Buyer("- says journey: Really?\n- after 20 seconds: Stop.", "- hangs up after 2 interruptions");
        var past = Past((CutInReason.Trigger, 1), (CutInReason.Monologue, 2));
        Assert.Multiple(() =>
        {
            Assert.That(Decide(persona, "It is a journey, you see", seconds: 5, past), Is.TypeOf<BuyerMove.HangUp>());
            Assert.That(Decide(persona, "It costs forty pounds", seconds: 5, past), Is.TypeOf<BuyerMove.None>());
        });
    }

    [Test]
    public void A_long_speech_is_cut_off_when_its_time_is_up_and_says_how_long_it_was()
    {
        RepSpeech speech = new(null, TimeSpan.FromSeconds(10), "We start with a workshop and then there is another one");
        Assert.Multiple(() =>
        {
            Assert.That(CutInDecision.Due(Everything, speech, BuyerPast.Nothing), Is.EqualTo(TimeSpan.FromSeconds(30)));
            Assert.That(
                CutInDecision.Decide(Everything, speech, BuyerPast.Nothing, TimeSpan.FromSeconds(29.9)), Is.TypeOf<BuyerMove.None>());
            Assert.That(CutInDecision.Decide(Everything, speech, BuyerPast.Nothing, TimeSpan.FromSeconds(30)), Is.EqualTo(
                new BuyerMove.CutIn(CutInReason.Monologue, "You spoke 20 s without a question.")));
        });
        var asked = speech.With(speech.Words + ". Does that help?", TimeSpan.FromSeconds(25));
        var due = CutInDecision.Due(Everything, asked, BuyerPast.Nothing);
        Assert.That(due, Is.EqualTo(TimeSpan.FromSeconds(45)), "a question is no monologue");
    }

    [Test]
    public void A_sign_of_listening_comes_once_and_cuts_nobody_off()
    {
        var persona = Buyer("- murmurs after 8 seconds: Mm-hm.");
        Assert.Multiple(() =>
        {
            Assert.That(Decide(persona, "We start with a workshop", seconds: 7.9), Is.TypeOf<BuyerMove.None>());
            Assert.That(Decide(persona, "We start with a workshop", seconds: 8), Is.EqualTo(new BuyerMove.Interject("Mm-hm.")));
            Assert.That(
                Decide(persona, "We start with a workshop", seconds: 9, BuyerPast.Nothing with { Murmured = true }),
                Is.TypeOf<BuyerMove.None>());
        });
    }

    [Test]
    public void A_decision_takes_less_than_a_millisecond()
    {
        var words = string.Join(' ', Enumerable.Repeat("and then you put the pallet on the scales and read the label", 40));
        RepSpeech speech = new("How much is it?", TimeSpan.Zero, words);
        _ = CutInDecision.Decide(Everything, speech, BuyerPast.Nothing, TimeSpan.FromSeconds(19));
        var times = new List<double>();
        for (var run = 0; run < 300; run++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = CutInDecision.Decide(Everything, speech, BuyerPast.Nothing, TimeSpan.FromSeconds(19));
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        TestContext.Out.WriteLine($"{words.Length} characters: median {times[150]:F3} ms, p95 {times[285]:F3} ms");
        Assert.That(times[150], Is.LessThan(1), "the median, since the machine may be loaded");
    }

    static (int At, BuyerMove.CutIn? CutIn) Run(Monologue monologue)
    {
        var speech = new RepSpeech(monologue.Asked, TimeSpan.Zero, "");
        for (var count = 1; count <= monologue.Words.Length; count++)
        {
            var now = TimeSpan.FromSeconds(count / monologue.WordsASecond);
            speech = speech.With(string.Join(' ', monologue.Words.Take(count)), now);
            if (CutInDecision.Decide(Everything, speech, BuyerPast.Nothing, now) is BuyerMove.CutIn cutIn)
            {
                return (count, cutIn);
            }
        }

        return (0, null);
    }

    static BuyerMove Decide(Persona persona, string words, double seconds, BuyerPast? past = null) => CutInDecision.Decide(
        persona, new RepSpeech(null, TimeSpan.FromSeconds(60), words), past ?? BuyerPast.Nothing, TimeSpan.FromSeconds(60 + seconds));

    static BuyerPast Past(params (CutInReason Reason, double Seconds)[] cutIns) =>
        new([.. cutIns.Select(cutIn => new CutOff("buyer", cutIn.Reason, "", HangsUp: false, (long)(cutIn.Seconds * 1000)))]);

    internal static Persona Buyer(string interrupts, string patience = "- yields") => PersonaReader.Read("buyer.md", $"""
        # Buyer
        ## Role
        Buyer
        ## Company
        Acme
        ## Mood
        Calm.
        ## Opens
        - How much is it?
        ## Interrupts
        {interrupts}
        ## Attacks
        - price: Too much.
        - data: Where is it?
        - team: Who are you?
        ## Patience
        {patience}
        ## Closes
        - hangs up: Goodbye.
        - next step: Good.
        """, []) ?? throw new InvalidOperationException("The persona is broken.");

    static IEnumerable<Monologue> Monologues(string file) =>
        from row in Csv.Rows(Path.Combine(RepositoryFiles.Golden, file))
        let parts = row[3].Split('|')
        select new Monologue(
            row[0].Length == 0 ? null : row[0],
            Enum.TryParse<CutInReason>(row[1], ignoreCase: true, out var reason) ? reason : null,
            double.Parse(row[2], CultureInfo.InvariantCulture),
            [.. parts.SelectMany(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            parts.Length == 1 ? null : parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);

    /// <param name="Mark">The words before a listener would cut in; null where none would.</param>
    sealed record Monologue(string? Asked, CutInReason? Reason, double WordsASecond, string[] Words, int? Mark)
    {
        public override string ToString() => string.Join(' ', Words);
    }
}

using System.Globalization;
using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.Tests.Unit.ContextAssembly;

/// <summary>The estimate against what real tokenizers made of real lines.</summary>
public sealed class TokenEstimateTests
{
    const int Long = 100;

    static readonly Counted[] counted = [.. Read()];

    [Test]
    public void The_table_holds_hundreds_of_real_lines_in_many_languages() =>
        Assert.Multiple(() =>
        {
            Assert.That(counted, Has.Length.GreaterThanOrEqualTo(300));
            Assert.That(counted.Select(line => line.Language).Distinct(StringComparer.Ordinal).Count(), Is.GreaterThanOrEqualTo(15));
        });

    [Test]
    public void Long_English_speech_is_never_underestimated_by_more_than_the_margin_on_either_encoding()
    {
        var english = counted.Where(line => line.Language == "en" && line.O200k >= Long).ToArray();
        var errors = Errors(english);

        TestContext.Out.WriteLine($"English, {Long} tokens and more, o200k: {errors}; cl100k: {Errors(english, line => line.Cl100k)}");
        Assert.Multiple(() =>
        {
            Assert.That(english, Has.Length.GreaterThanOrEqualTo(20));
            Assert.That(english.Select(line => line.O200k / (double)line.Estimate), Is.All.LessThanOrEqualTo(1 + TokenEstimate.Margin));
            Assert.That(english.Select(line => line.Cl100k / (double)line.Estimate), Is.All.LessThanOrEqualTo(1 + TokenEstimate.Margin));
            Assert.That(errors.Mean, Is.InRange(0, 0.15));
            Assert.That(errors.P99, Is.LessThan(0.3));
        });
    }

    [Test]
    public void Short_English_lines_are_estimated_well_on_average_and_seldom_far_too_low()
    {
        var errors = Errors([.. counted.Where(line => line.Language == "en" && line.O200k < Long)]);

        TestContext.Out.WriteLine($"English lines, o200k: {errors}");
        Assert.Multiple(() =>
        {
            Assert.That(errors.Mean, Is.InRange(0, 0.15));
            Assert.That(errors.P1, Is.GreaterThan(-0.2));
            Assert.That(errors.Least, Is.GreaterThan(-0.3));
        });
    }

    [Test]
    public void Speech_in_other_languages_is_not_underestimated_by_more_than_the_margin(
        [ValueSource(nameof(OtherLanguages))] string language)
    {
        var whole = counted.Last(line => line.Language == language);

        TestContext.Out.WriteLine($"{language}: {whole.Estimate} for {whole.O200k} (o200k), {whole.Cl100k} (cl100k)");
        Assert.That(whole.O200k / (double)whole.Estimate, Is.LessThanOrEqualTo(1 + TokenEstimate.Margin));
    }

    [Test]
    public void Parts_that_fit_also_fit_together()
    {
        foreach (var (first, second) in counted.Zip(counted.Skip(1)))
        {
            Assert.That(
                TokenEstimate.Of($"{first.Text} {second.Text}"),
                Is.LessThanOrEqualTo(first.Estimate + second.Estimate),
                $"{first.Text} {second.Text}");
        }
    }

    [TestCase("", ExpectedResult = 0)]
    [TestCase("Yes", ExpectedResult = 1)]
    [TestCase("We don't know", ExpectedResult = 3)]
    [TestCase("1,250", ExpectedResult = 3)]
    public int Small_texts_are_counted_as_one_would_by_hand(string text) => TokenEstimate.Of(text);

    static IEnumerable<string> OtherLanguages() =>
        counted.Select(line => line.Language).Distinct(StringComparer.Ordinal).Where(language => language != "en");

    static ErrorSummary Errors(Counted[] lines, Func<Counted, int>? truth = null)
    {
        truth ??= line => line.O200k;
        var errors = lines.Select(line => (line.Estimate / (double)truth(line)) - 1).Order().ToArray();
        return new(errors[0], errors[errors.Length / 100], errors.Average(), errors[errors.Length * 99 / 100]);
    }

    static IEnumerable<Counted> Read()
    {
        using var stream = typeof(TokenEstimateTests).Assembly.GetManifestResourceStream(typeof(TokenEstimateTests), "token-counts.tsv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is [var language, var o200k, var cl100k, var text])
            {
                yield return new(
                    language, int.Parse(o200k, CultureInfo.InvariantCulture), int.Parse(cl100k, CultureInfo.InvariantCulture), text);
            }
        }
    }

    sealed record Counted(string Language, int O200k, int Cl100k, string Text)
    {
        public int Estimate { get; } = TokenEstimate.Of(Text);
    }

    sealed record ErrorSummary(double Least, double P1, double Mean, double P99)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"least {Least:P1}, p1 {P1:P1}, mean {Mean:P1}, p99 {P99:P1}");
    }
}

using System.Text.RegularExpressions;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.Tests.Unit.ContextAssembly;
using Teleprompter.Tests.Unit.Pipeline;
using Teleprompter.Tests.Unit.Playbook;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Claims;

/// <summary>What customers say to make a model obey them, and what a model that obeys would answer.</summary>
public sealed partial class InjectionTests
{
    static readonly (string Style, string Spoken, string Answer)[] corpus =
    [
        .. Csv.Rows(Path.Combine(RepositoryFiles.Golden, "injections.csv")).Select(row => (row[0], Regex.Unescape(row[1]), row[2])),
    ];

    [Test]
    public void There_are_many_of_several_styles() =>
        Assert.That((corpus.Length, corpus.Select(spoken => spoken.Style).Distinct(StringComparer.Ordinal).Count()), Is.EqualTo((68, 11)));

    [Test]
    public void A_model_that_obeys_whatever_stands_outside_the_data_has_nothing_to_obey()
    {
        var instructions = Sample.Assembler.Assemble(Sample.Call).System();
        foreach (var (_, spoken, _) in corpus)
        {
            var prompt = Sample.Assembler.Assemble(Sample.Call with
            {
                Brief = new CallBrief(CustomerName: spoken, Company: spoken, Notes: spoken),
                Summary = new ConversationSummary(spoken, TimeSpan.Zero),
                Lines = [Sample.Said(Speaker.Customer, spoken, 95), Sample.Said(Speaker.Customer, $"{spoken} {spoken}", 96)],
                Turns = [spoken, spoken],
                Suggested = [spoken],
            });

            Assert.That(prompt.System(), Is.EqualTo(instructions), spoken);
            Assert.That(Data().Replace(prompt.User(), "").Trim(), Is.EqualTo("What should the rep say now?"), spoken);
            Assert.That(prompt.Part("transcript").Split('\n'), Has.Length.EqualTo(3).And.ItemAt(1).StartWith("customer: "), spoken);
            Assert.That(RoleTag().Count(prompt.Part("transcript")), Is.EqualTo(1), spoken);
        }
    }

    [Test]
    public void Nothing_that_a_customer_says_makes_a_claim_firm_in_the_answer_of_a_model_that_obeys_it()
    {
        var firm = new List<string>();
        foreach (var (_, spoken, answer) in corpus)
        {
            var call = new PipelineRun(configure: model => model.State = ModelState.Ready);
            call.Customer(spoken + ", what do you say?");
            var sources = call.Model.Last.Prompt.Sources;
            if (ClaimGuard.Unsupported(answer, sources).Count == 0)
            {
                firm.Add($"{answer} after: {spoken}");
            }
        }

        Assert.That(firm, Is.Empty);
    }

    [Test]
    public void The_playbook_answers_with_its_own_words_whatever_is_said()
    {
        foreach (var (_, spoken, _) in corpus)
        {
            var call = new PipelineRun(configure: model => model.State = ModelState.Off);
            call.Customer($"That is too expensive for us. {spoken}");
            call.Customer(spoken);
            foreach (var done in call.Events.OfType<SuggestionCompleted>())
            {
                Assert.That(done.Text, Is.AnyOf("What would make it worth it to you?", "Yes. Which rules must you meet?"), spoken);
            }
        }
    }

    [GeneratedRegex(
        @"<(?<tag>\w+)>\n.*?\n</\k<tag>>\n", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Data();

    [GeneratedRegex(
        @"\b(rep|customer|system|assistant|user|human|developer|ai)\s*[:：]",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RoleTag();
}

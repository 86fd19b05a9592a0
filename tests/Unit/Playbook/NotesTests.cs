using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.Tests.Unit.ContextAssembly;
using Teleprompter.Tests.Unit.Pipeline;

namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>A team's own notes: found by meaning, given to the model with their source, and named on the screen.</summary>
public sealed class NotesTests
{
    const string Page = """
        ---
        owner: sales
        ---
        # Northwind Desk

        An intro that says little.

        ## Data export

        Customers take all tickets out as CSV or JSON at any time. An export of 100,000 tickets takes about 25 minutes.

        - The API allows 600 requests a minute.
        - Attachments come as a zip file.

        ## Office dogs

        Bella sleeps under the second desk. She likes visitors.
        """;

    static IReadOnlyList<NotePassage> Passages => NoteReader.Read("desk.md", Page);

    static Notes Read => Notes.Of(Passages, ShippedPlaybook.Vectors, out _);

    [Test]
    public void A_page_becomes_passages_that_name_page_and_heading() => Assert.That(
        Passages,
        Is.EqualTo(
        [
            new NotePassage("Northwind Desk", "An intro that says little."),
            new NotePassage(
                "Northwind Desk › Data export",
                "Customers take all tickets out as CSV or JSON at any time. An export of 100,000 tickets takes about 25 minutes. "
                + "The API allows 600 requests a minute."),
            new NotePassage("Northwind Desk › Data export", "Attachments come as a zip file."),
            new NotePassage("Northwind Desk › Office dogs", "Bella sleeps under the second desk. She likes visitors."),
        ]));

    [TestCase("")]
    [TestCase("# Only a title")]
    public void A_page_without_text_has_no_passages(string page) => Assert.That(NoteReader.Read("a.md", page), Is.Empty);

    [Test]
    public void A_long_paragraph_is_cut_between_its_sentences()
    {
        var page = string.Concat(Enumerable.Repeat("Ten words are in this sentence, which is all right. ", 30));
        var passages = NoteReader.Read("long.md", page);
        Assert.That(passages, Has.Count.EqualTo(10));
        Assert.That(passages.Select(passage => passage.Text), Is.All.EndsWith("right."));
        Assert.That(passages[0].Source, Is.EqualTo("long"));
    }

    [TestCase("so if we leave, how do we get our tickets back out of there", ExpectedResult = "Northwind Desk › Data export")]
    [TestCase("how was your weekend", ExpectedResult = null)]
    [TestCase("", ExpectedResult = null)]
    public string? The_passage_that_answers_is_found_by_meaning(string said) =>
        Read.Find(said, ShippedPlaybook.Vectors, new PassageVectors()) is [var first, ..] ? first.Source : null;

    [Test]
    public void The_model_is_told_of_it_within_300_tokens_and_its_figures_are_supported()
    {
        var prompt = Sample.Assembler.Assemble(Sample.Call with { Notes = [Passages[1]] });
        Assert.That(prompt.Part("note"), Does.Contain("Northwind Desk › Data export\n").And.Contain("25 minutes"));
        Assert.That(ClaimGuard.Unsupported("An export of 100,000 tickets takes about 25 minutes.", prompt.Sources), Is.Empty);
        Assert.That(
            ClaimGuard.Unsupported("An export takes about 25 minutes.", Sample.Assembler.Assemble(Sample.Call).Sources), Is.Not.Empty);

        var passage = new NotePassage("Page", string.Concat(Enumerable.Repeat("Seventy words and more of text. ", 40)));
        var full = Sample.Assembler.Assemble(Sample.Call with { Notes = [passage, passage, passage] }).User();
        var notes = full[full.IndexOf("<note>", StringComparison.Ordinal)..(full.LastIndexOf("</note>", StringComparison.Ordinal) + 7)];
        Assert.That(Tokens(notes), Is.InRange(200, 300));
    }

    [Test]
    public void The_suggestion_names_its_source()
    {
        var call = new PipelineRun(
            configure: model => model.State = ModelState.Ready, cards: ShippedPlaybook.Edition.With(Read));
        call.Customer("So if we leave, how do we get our tickets back out of there?");
        call.Compare();
        Assert.That(call.Model.Last.Prompt.User(), Does.Contain("<note>\nNorthwind Desk › Data export"));
        call.Model.Says("You take everything out as CSV or JSON.");
        call.Model.Ends();
        string[] sources = ["Northwind Desk › Data export"];
        Assert.That(call.Events.OfType<SuggestionStarted>().Single().Sources, Is.EqualTo(sources));
        Assert.That(call.Events.OfType<SuggestionCompleted>().Single().Sources, Is.EqualTo(sources));
        Assert.That(call.Kept.OfType<SuggestionFinished>().Single().Suggestion.Sources, Is.EqualTo(sources));
    }

    [Test]
    public void Edited_notes_are_another_playbook()
    {
        var version = ShippedPlaybook.Edition.With(Read).Version;
        Assert.That(version, Does.StartWith(ShippedPlaybook.Edition.Version + "+4n"));
        var others = Notes.Of([.. Passages.Take(2)], ShippedPlaybook.Vectors, out _);
        Assert.That(ShippedPlaybook.Edition.With(others).Version, Is.Not.EqualTo(version));
    }

    [Test, Explicit("A measurement: embeds 10,000 passages, which takes minutes.")]
    public void Cost_of_10_000_passages()
    {
        var random = new Random(1);
        string[] words = [.. ShippedPlaybook.Edition.Cards.SelectMany(card => card.Triggers).SelectMany(line => line.Split(' '))];
        var passages = Enumerable.Range(0, 10_000)
            .Select(at => Enumerable.Range(0, 30).Select(_ => words[random.Next(words.Length)]))
            .Select((passage, at) => new NotePassage($"Page {at}", string.Join(' ', passage)))
            .ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        var notes = Notes.Of(passages, ShippedPlaybook.Vectors, out _);
        var embedding = Stopwatch.GetElapsedTime(started);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;

        var recent = new PassageVectors();
        var times = new List<double>();
        for (var round = 0; round < 200; round++)
        {
            started = Stopwatch.GetTimestamp();
            notes.Find("so if we leave, how do we get our tickets back out", ShippedPlaybook.Vectors, recent);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        var steady = times.Skip(50).Order().ToList();
        TestContext.Out.WriteLine(
            $"10,000 passages: first embedding {embedding.TotalSeconds:F0} s, {memory / 1_000_000.0:F0} MB, "
            + $"a search p50 {steady[75]:F2} ms, p99 {steady[148]:F2} ms");
    }

    static int Tokens(string text) => InferenceWorker.ContextAssembly.TokenEstimate.Of(text);
}

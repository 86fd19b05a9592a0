using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.Tests.Unit.Rehearsal;

public sealed class PersonaReaderTests
{
    const string Good = """
        # Helena Marsh

        ## Role
        Finance director
        ## Company
        Kestrel Logistics
        ## Mood
        Short of time.
        ## Opens
        - What does it cost?
        ## Interrupts
        - after 18 seconds: What is the figure?
        - says "partnership", journey: I buy software.
        - murmurs after 9 seconds: Go on.
        - at most 2 a minute
        ## Attacks
        - price, cost: That is too much.
        - saving: Where is the money?
        - contract: What does it cost me to leave?
        ## Patience
        - holds
        - hangs up after 5 interruptions
        ## Closes
        - next step: Send me the figures.
        - hangs up: Goodbye.
        """;

    [Test]
    public void A_persona_is_read_with_what_it_cuts_in_on_presses_on_and_closes_with()
    {
        var persona = Read(Good, out var errors)!;
        Assert.Multiple(() =>
        {
            Assert.That(errors, Is.Empty);
            Assert.That((persona.Id, persona.Name, persona.Role), Is.EqualTo(("helena", "Helena Marsh", "Finance director")));
            Assert.That(persona.RulesFor(CutInReason.Monologue).Single().After, Is.EqualTo(TimeSpan.FromSeconds(18)));
            Assert.That(persona.RulesFor(CutInReason.Trigger).Single().Words, Is.EqualTo(new[] { "partnership", "journey" }));
            Assert.That(persona.Murmur, Is.EqualTo((TimeSpan.FromSeconds(9), "Go on.")));
            Assert.That((persona.CutInsAMinute, persona.Holds, persona.HangsUpAfter), Is.EqualTo((2, true, (int?)5)));
            Assert.That(persona.Attacks[0].Topics, Is.EqualTo(new[] { "price", "cost" }));
            Assert.That((persona.Agrees.Single(), persona.HangsUp.Single()), Is.EqualTo(("Send me the figures.", "Goodbye.")));
        });
    }

    [TestCase("- after 18 seconds: What is the figure?", "- after a while: What is the figure?", 12, "says not when to interrupt")]
    [TestCase("- after 18 seconds: What is the figure?", "- after 2 seconds: What is the figure?", 12, "2 is out of range; take 4 to 120")]
    [TestCase("- after 18 seconds: What is the figure?", "- vague words:", 12, "The line has 0 words")]
    [TestCase("- saving: Where is the money?", "- Where is the money?", 18, "The point has no topic")]
    [TestCase("- saving: Where is the money?", "", 16, "Too few points to press on")]
    [TestCase("- holds", "- sometimes", 21, "Write 'yields', 'holds' or 'hangs up after 4 interruptions'")]
    [TestCase("- hangs up: Goodbye.", "", 23, "hangs up without a word")]
    [TestCase("- hangs up: Goodbye.", "- goodbye: Bye.", 25, "Write 'next step: …' or 'hangs up: …'")]
    [TestCase("## Mood", "## Temper", 7, "There is no section 'Temper'")]
    [TestCase("Finance director", "", 3, "The persona has no role")]
    [TestCase("- What does it cost?", "What does it cost?", 9, "The persona does not open")]
    public void A_mistake_is_reported_with_its_line_and_what_to_write(string from, string to, int line, string message)
    {
        var persona = Read(Good.Replace(from, to, StringComparison.Ordinal), out var errors);
        Assert.Multiple(() =>
        {
            Assert.That(persona, Is.Null);
            Assert.That(errors.Select(error => (error.File, error.Line)), Has.Some.EqualTo(("helena.md", line)));
            Assert.That(errors.Single(error => error.Line == line).Message, Does.Contain(message));
        });
    }

    [Test]
    public void A_persona_may_name_its_voice_and_only_one()
    {
        Persona? WithVoice(string voice, out List<PlaybookError> errors) => Read($"{Good}\n## Voice\n{voice}\n", out errors);
        Assert.Multiple(() =>
        {
            Assert.That(Read(Good, out _)!.Voice, Is.Null);
            Assert.That(WithVoice("af_bella(2)+af_sky(1)", out _)!.Voice, Is.EqualTo("af_bella(2)+af_sky(1)"));
            foreach (var wrong in new[] { "ash\nsage", "ash\n\nsage", "- ash\n- sage", new string('a', 101) })
            {
                Assert.That(WithVoice(wrong, out var errors), Is.Null);
                Assert.That(errors.Select(error => $"{error}"), Is.EqualTo(new[]
                {
                    "helena.md(27): The voice is not one name. Write it on one line as the speech server knows it, such as 'ash'.",
                }));
            }
        });
    }

    [Test]
    public void A_line_that_is_a_speech_is_refused() =>
        Assert.That(Problems(Good.Replace("Go on.", string.Join(' ', Enumerable.Repeat("on", 31)), StringComparison.Ordinal)), Is.EqualTo(
            new[] { "helena.md(14): The line has 31 words; a buyer says 1 to 30 at once." }));

    [Test]
    public void The_six_shipped_personas_are_whole_and_differ_in_kind()
    {
        var folder = new PersonaFolder(Path.Combine(AppContext.BaseDirectory, "personas"));
        var personas = folder.Scan()!;
        Assert.Multiple(() =>
        {
            Assert.That(folder.Errors, Is.Empty);
            Assert.That(personas.Select(persona => persona.Id), Is.EqualTo(new[]
            {
                "angry-renewal", "finance-director", "friendly-never-commits", "procurement-hurrier", "scared-champion",
                "sceptical-engineer",
            }));
            Assert.That(personas.Count(persona => persona.Holds), Is.EqualTo(3), "some yield, some hold");
            Assert.That(personas.Select(persona => persona.Voice), Is.Unique, "each has a voice of its own");
            Assert.That(personas.Single(persona => persona.Agrees.Count == 0).Id, Is.EqualTo("friendly-never-commits"));
        });
    }

    [Test]
    public void A_broken_file_is_reported_while_its_last_good_version_stays_in_use()
    {
        var root = Directory.CreateTempSubdirectory("personas-").FullName;
        var file = Path.Combine(root, "helena.md");
        File.WriteAllText(file, Good);
        var folder = new PersonaFolder(root);
        Assert.That(folder.Scan()!.Single().Name, Is.EqualTo("Helena Marsh"));
        Assert.That(folder.Scan(), Is.Null, "nothing has changed");
        File.WriteAllText(file, Good.Replace("Finance director", "", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(folder.Scan()!.Single().Name, Is.EqualTo("Helena Marsh"));
            Assert.That(folder.Errors.Single().File, Is.EqualTo("helena.md"));
        });
        File.Delete(file);
        Assert.That(folder.Scan(), Is.Empty);
        Directory.Delete(root, recursive: true);
    }

    static Persona? Read(string text, out List<PlaybookError> errors) => PersonaReader.Read("helena.md", text, errors = []);

    static IEnumerable<string> Problems(string text)
    {
        Read(text, out var errors);
        return errors.Select(error => $"{error}");
    }
}

using System.Text;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class PlaybookFolderTests
{
    string root = "";
    PlaybookFolder folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        root = Directory.CreateTempSubdirectory("playbook-").FullName;
        folder = new PlaybookFolder(root);
        Write("price.md", Card("Price", "Compared with what?"));
        Write("trial.md", Card("Trial", "Which group?"));
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Test]
    public void A_folder_that_did_not_change_makes_no_new_edition()
    {
        Assert.That(folder.Scan()!.Cards.Select(card => card.Id), Is.EqualTo(new[] { "price", "trial" }));
        Assert.That(folder.Scan(), Is.Null);
    }

    [Test]
    public void A_changed_file_changes_its_card_and_the_version()
    {
        var before = folder.Scan()!;
        Write("price.md", Card("Price", "Compared with which quote?"));
        var after = folder.Scan()!;
        Assert.Multiple(() =>
        {
            Assert.That(Say(after, "price"), Is.EqualTo("Compared with which quote?"));
            Assert.That(Say(before, "price"), Is.EqualTo("Compared with what?"), "an edition never changes");
            Assert.That(after.Version, Is.Not.EqualTo(before.Version).And.Match("^[0-9a-f]{12}-words$"));
        });
    }

    [Test]
    public void The_same_content_has_the_same_version_wherever_it_lies()
    {
        var version = folder.Scan()!.Version;
        Directory.CreateDirectory(Path.Combine(root, "money"));
        File.Move(Path.Combine(root, "price.md"), Path.Combine(root, "money", "price.md"));
        Assert.That(folder.Scan()!.Version, Is.EqualTo(version));
    }

    [Test]
    public void A_broken_file_is_reported_while_its_last_good_version_stays()
    {
        var before = folder.Scan()!;
        Write("price.md", "# Price\n## When they say\n- much\n- more\n- most\n## Say\nAsk {compny|you}.\n");
        var after = folder.Scan()!;
        Assert.Multiple(() =>
        {
            Assert.That(folder.Errors.Single(), Has.Property("File").EqualTo("price.md").And.Property("Line").EqualTo(7));
            Assert.That(Say(after, "price"), Is.EqualTo("Compared with what?"));
            Assert.That(after.Version, Is.EqualTo(before.Version));
        });
    }

    [Test]
    public void A_mended_file_is_reported_no_more()
    {
        Write("price.md", "# Price");
        folder.Scan();
        Write("price.md", Card("Price", "Mended."));
        Assert.That(Say(folder.Scan()!, "price"), Is.EqualTo("Mended."));
        Assert.That(folder.Errors, Is.Empty);
    }

    [Test]
    public void A_file_that_was_never_good_costs_only_its_own_card()
    {
        Write("price.md", "no card at all");
        Assert.That(folder.Scan()!.Cards.Select(card => card.Id), Is.EqualTo(new[] { "trial" }));
        Assert.That(folder.Errors.Select(error => error.File), Has.All.EqualTo("price.md"));
    }

    [Test]
    public void A_removed_file_takes_its_card_along()
    {
        folder.Scan();
        File.Delete(Path.Combine(root, "price.md"));
        Assert.That(folder.Scan()!.Cards.Select(card => card.Id), Is.EqualTo(new[] { "trial" }));
    }

    [Test]
    public void A_folder_that_is_gone_is_reported_and_its_cards_stay()
    {
        folder.Scan();
        Directory.Delete(root, recursive: true);
        Assert.That(folder.Scan(), Is.Null);
        Assert.That(folder.Errors.Single().Message, Does.Contain("Bring it back"));
    }

    [Test]
    public void Two_files_of_one_id_are_reported_and_the_first_counts()
    {
        Directory.CreateDirectory(Path.Combine(root, "spare"));
        Write("spare/price.md", Card("Price", "Another."));
        var edition = folder.Scan()!;
        Assert.Multiple(() =>
        {
            Assert.That(Say(edition, "price"), Is.EqualTo("Compared with what?"));
            Assert.That(
                folder.Errors.Single().ToString(),
                Is.EqualTo("spare/price.md(1): The id 'price' is taken by price.md. Rename one of the two files."));
        });
    }

    [TestCase("README.md")]
    [TestCase("_draft.md")]
    [TestCase(".price.md")]
    [TestCase("_old/price.md")]
    public void Notes_drafts_and_hidden_files_are_left_alone(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
        Write(file, "no card");
        Assert.That(folder.Scan()!.Cards, Has.Count.EqualTo(2));
        Assert.That(folder.Errors, Is.Empty);
    }

    [TestCase("bom-crlf")]
    [TestCase("bullets")]
    [TestCase("emoji-heading")]
    [TestCase("frontmatter")]
    [TestCase("mixed-ext", "discount,discount2,price")]
    [TestCase("plain")]
    [TestCase("say-list")]
    [TestCase("source-link")]
    [TestCase("utf16")]
    public void Cards_as_people_write_them_are_read(string kind, string cards = "price")
    {
        var read = new PlaybookFolder(Path.GetDirectoryName(SharedData.Find($"cases/cards/{kind}/price.md"))!);
        Assert.That(string.Join(',', read.Scan()!.Cards.Select(card => card.Id)), Is.EqualTo(cards), string.Join('\n', read.Errors));
        Assert.That(read.Errors, Is.Empty);
    }

    [Test]
    public void A_card_that_is_not_UTF_8_is_reported_with_its_line()
    {
        File.WriteAllBytes(Path.Combine(root, "price.md"), Encoding.Latin1.GetBytes(Card("Price", "Verständlich.")));
        Assert.That(folder.Scan()!.Cards.Select(card => card.Id), Is.EqualTo(new[] { "trial" }));
        Assert.That(folder.Errors.Single(), Has.Property("Line").EqualTo(9).And.Property("Message").Contains("Save it as UTF-8"));
    }

    [Test]
    public void An_example_of_two_cards_counts_for_the_first_and_is_reported()
    {
        Write("Pricing.MARKDOWN", Card("Price", "Another."));
        Assert.That(folder.Scan()!.Match("much more Price")?.Card.Id, Is.EqualTo("price"));
        Assert.That(folder.Errors, Is.Empty);
        Assert.That(folder.Warnings.Select(warning => warning.File), Is.All.EqualTo("Pricing.MARKDOWN").And.Exactly(3).Items);
    }

    [Test]
    public void A_line_put_under_small_talk_no_longer_triggers_a_card()
    {
        const string line = "much more Price for petrol";
        Assert.That(folder.Scan()!.Match(line)?.Card.Id, Is.EqualTo("price"));
        Write("small-talk.md", $"# Small talk\n## When they say\n- {line}\n- hello\n- bye\n");
        Assert.That(folder.Scan()!.Match(line), Is.Null);
    }

    static string Say(PlaybookEdition edition, string id) => edition.Cards.Single(card => card.Id == id).Say;

    static string Card(string title, string say) =>
        $"# {title}\n\n## When they say\n- much more {title}\n- {title} is what I mean\n- what about {title}\n\n## Say\n{say}\n";

    void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text);
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Playbook;

public sealed class PlaybookLibraryTests
{
    [Test]
    public async Task The_shipped_cards_are_in_use_once_the_host_has_started()
    {
        using var host = Host("playbook", new ManualTimeProvider());
        await host.StartAsync();
        var library = host.Services.GetRequiredService<PlaybookLibrary>();
        Assert.Multiple(() =>
        {
            Assert.That(library.Current.Cards, Has.Count.GreaterThanOrEqualTo(24));
            Assert.That(library.Errors, Is.Empty);
        });
        await host.StopAsync();
    }

    [Test, CancelAfter(20_000)]
    public async Task A_changed_file_is_in_use_two_seconds_later(CancellationToken cancelled)
    {
        var root = Directory.CreateTempSubdirectory("playbook-").FullName;
        var clock = new ManualTimeProvider();
        using var host = Host(root, clock);
        await host.StartAsync(cancelled);
        var library = host.Services.GetRequiredService<PlaybookLibrary>();
        Assert.That(library.Errors.Single().Message, Does.Contain("holds no cards"));
        while (clock.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        await File.WriteAllTextAsync(
            Path.Combine(root, "price.md"), "# Price\n## When they say\n- a\n- b\n- c\n## Say\nWhat?\n", cancelled);
        clock.Advance(TimeSpan.FromSeconds(2));
        while (library.Current.Cards.Count == 0 || library.Errors.Count > 0)
        {
            cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.That(library.Current.Cards.Single().Id, Is.EqualTo("price"));
        await host.StopAsync(cancelled);
        Directory.Delete(root, recursive: true);
    }

    [Test, CancelAfter(60_000)]
    public async Task Words_alone_match_until_the_vectors_are_there_and_an_edited_card_stays_matched_by_meaning(CancellationToken cancelled)
    {
        var root = Directory.CreateTempSubdirectory("playbook-").FullName;
        var card = Path.Combine(root, "price.md");
        await File.WriteAllTextAsync(card, "# Price\n## When they say\n- how much is it\n- b\n- c\n## Say\nWhat?\n", cancelled);
        var clock = new ManualTimeProvider();
        using (var first = Host(root, clock, "meaning"))
        {
            await first.StartAsync(cancelled);
            var library = first.Services.GetRequiredService<PlaybookLibrary>();
            Assert.That(library.Current.Match("how much is it")?.Card.Id, Is.EqualTo("price"));
            await Until(() => !library.Current.ByWords && clock.ArmedTimers > 0, cancelled);

            await File.AppendAllTextAsync(card, "\n## Fact\nNew.\n", cancelled);
            clock.Advance(TimeSpan.FromSeconds(2));
            await Until(() => library.Current.Cards[0].Fact == "New.", cancelled);
            Assert.That(library.Current.ByWords, Is.False);
            await first.StopAsync(cancelled);
        }

        using var second = Host(root, clock, "meaning");
        await second.StartAsync(cancelled);
        Assert.That(second.Services.GetRequiredService<PlaybookLibrary>().Current.ByWords, Is.False, "the vectors were kept");
        await second.StopAsync(cancelled);
        Directory.Delete(root, recursive: true);
    }

    [Test, CancelAfter(60_000)]
    public async Task Edited_notes_are_in_use_two_seconds_later_and_kept_where_a_file_breaks(CancellationToken cancelled)
    {
        var root = Directory.CreateTempSubdirectory("notes-").FullName;
        var page = Path.Combine(root, "export.md");
        await File.WriteAllTextAsync(page, "# Export\nTickets leave as CSV.", cancelled);
        var clock = new ManualTimeProvider();
        using var host = Host("playbook", clock, "meaning", root);
        await host.StartAsync(cancelled);
        var library = host.Services.GetRequiredService<PlaybookLibrary>();
        await Until(() => library.Current.Notes.Passages.Count == 1 && clock.ArmedTimers > 0, cancelled);

        await File.WriteAllTextAsync(page, "# Export\nTickets leave as CSV, or as JSON.", cancelled);
        clock.Advance(TimeSpan.FromSeconds(2));
        await Until(() => library.Current.Notes.Passages[0].Text.Contains("JSON", StringComparison.Ordinal), cancelled);

        await File.WriteAllBytesAsync(page, [0x41, 0xFF, 0xFE, 0x41], cancelled);
        await Until(() => clock.ArmedTimers > 0, cancelled);
        clock.Advance(TimeSpan.FromSeconds(2));
        await Until(() => library.Errors.Count == 1 || Advance(clock), cancelled);
        Assert.That(library.Errors.Single().File, Is.EqualTo("export.md"));
        Assert.That(library.Current.Notes.Passages.Single().Text, Does.Contain("JSON"));
        await host.StopAsync(cancelled);
        Directory.Delete(root, recursive: true);
    }

    [TestCase("")]
    [TestCase("no-such-folder")]
    public async Task A_folder_that_is_not_there_stops_the_start_with_the_fix(string folder)
    {
        using var host = Host(folder, new ManualTimeProvider());
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.That(refusal!.Message, Does.Contain("Playbook:Folder").And.Contain("folder of your cards"));
    }

    static async Task Until(Func<bool> reached, CancellationToken cancelled)
    {
        while (!reached())
        {
            cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    static bool Advance(ManualTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromSeconds(2));
        return false;
    }

    static IHost Host(string folder, TimeProvider time, string matcher = "words", string notes = "")
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(
            [
                new("Playbook:Folder", folder),
                new("Playbook:Matcher", matcher),
                new("Playbook:Notes", notes),
                new("Playbook:Vectors", Path.Combine(Path.GetTempPath(), $"{Path.GetFileName(folder)}-vectors", "vectors.bin")),
            ]);
        builder.Services.AddSingleton(time);
        builder.Services.AddPlaybook(builder.Configuration);
        return builder.Build();
    }
}

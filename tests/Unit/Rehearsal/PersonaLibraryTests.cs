using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Rehearsal;

public sealed class PersonaLibraryTests
{
    [Test, CancelAfter(20_000)]
    public async Task A_changed_file_is_in_use_two_seconds_later(CancellationToken cancelled)
    {
        var root = Directory.CreateTempSubdirectory("personas-").FullName;
        var shipped = Path.Combine(AppContext.BaseDirectory, "personas", "finance-director.md");
        File.Copy(shipped, Path.Combine(root, "helena.md"));
        var clock = new ManualTimeProvider();
        using var host = Host(root, clock);
        await host.StartAsync(cancelled);
        var library = host.Services.GetRequiredService<PersonaLibrary>();
        Assert.That(library.Current.Single().Id, Is.EqualTo("helena"), "read before the host has started");
        while (clock.ArmedTimers == 0)
        {
            await Task.Yield();
        }

        var text = (await File.ReadAllTextAsync(shipped, cancelled)).Replace("Helena Marsh", "Ann", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(root, "helena.md"), text, cancelled);
        clock.Advance(TimeSpan.FromSeconds(2));
        while (library.Current.Single().Name != "Ann")
        {
            cancelled.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await host.StopAsync(cancelled);
        Directory.Delete(root, recursive: true);
    }

    [Test]
    public void A_folder_that_is_not_there_stops_the_start_with_what_to_do()
    {
        using var host = Host("/nowhere", new ManualTimeProvider());
        Assert.That(
            async () => await host.StartAsync(), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains("Personas:Folder"));
    }

    static IHost Host(string folder, TimeProvider clock)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Personas:Folder", folder)]);
        builder.Services.AddSingleton(clock).AddPersonas(builder.Configuration);
        return builder.Build();
    }
}

using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>The machine's own Chromium, started once for all tests; each test has a context of its own.</summary>
[SetUpFixture]
public sealed class Chromium
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    static IPlaywright? playwright;

    public static IBrowser Browser { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task Launch()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Flags });
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"No Chromium on the PATH (looked for {string.Join(", ", Names)}). ./test.sh installs it; or install your system's chromium package.");
    }
}

using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// What all tests share: the machine's own Chromium, where each test has a context of its own, and a gateway without a model, where each has a call of its own.
/// </summary>
[SetUpFixture]
public sealed class Stage
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    static IPlaywright? playwright;
    static RunningGateway? gateway;

    public static IBrowser Browser { get; private set; } = null!;

    public static Uri Gateway => gateway!.Address;

    [OneTimeSetUp]
    public async Task SetUp()
    {
        Assertions.SetDefaultExpectTimeout(15_000);
        gateway = await RunningGateway.Start();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = Flags });
    }

    [OneTimeTearDown]
    public async Task TearDown()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }
    }

    static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"No Chromium on the PATH (looked for {string.Join(", ", Names)}). ./test.sh installs it; or install your system's chromium package.");
    }
}

using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// What all tests share: the machine's own Chromium, where each test has a context of its own, and a gateway without a model, where each
/// has a call of its own.
/// </summary>
[SetUpFixture]
public sealed class Stage
{
    static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];
    static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync", "--use-fake-device-for-media-stream",
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
        Browser = await Launch();
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

    /// <summary>Starts a browser of a test's own.</summary>
    /// <param name="flags">Flags besides the usual ones.</param>
    public static Task<IBrowser> Launch(params string[] flags) =>
        playwright!.Chromium.LaunchAsync(new() { ExecutablePath = Find(), Args = [.. Flags, .. flags] });

    /// <summary>
    /// Starts a browser that loads an extension, with a fake microphone, and as if its icon had been clicked on every tab: a test cannot
    /// click there.
    /// </summary>
    /// <param name="folder">The extension.</param>
    /// <param name="id">Its id.</param>
    /// <param name="profile">An empty folder for what the browser keeps.</param>
    /// <param name="flags">Flags besides the usual ones.</param>
    public static Task<IBrowserContext> LaunchWith(string folder, string id, string profile, params string[] flags) =>
        playwright!.Chromium.LaunchPersistentContextAsync(profile, new()
        {
            ExecutablePath = Find(),
            // Only the new headless mode loads extensions; Playwright's own is the old one.
            Headless = false,
            Args =
        [
            .. Flags, "--headless=new", $"--disable-extensions-except={folder}", $"--load-extension={folder}",
            $"--allowlisted-extension-id={id}",
            "--autoplay-policy=no-user-gesture-required", .. flags,
        ],
            ViewportSize = new() { Width = 420, Height = 860 },
        });

    static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"No Chromium on the PATH (looked for {string.Join(", ", Names)}). ./test.sh installs it; or install your system's "
                + "chromium package.");
    }
}

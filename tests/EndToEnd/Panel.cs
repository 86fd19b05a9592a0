using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>The side panel in a browser context of its own, as a rep sees and works it.</summary>
sealed class Panel : IAsyncDisposable
{
    /// <summary>The tests' own folder in the repository.</summary>
    public static readonly string Here = FindHere();


    readonly ConcurrentQueue<string> troubles = new();
    readonly IBrowserContext context;

    internal Panel(IBrowserContext context, IPage page, Uri address)
    {
        (this.context, Page) = (context, page);
        var origin = address.GetLeftPart(UriPartial.Authority);
        page.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        page.PageError += (_, error) => Note(true, $"page error: {error}");
        page.Request += (_, request) => Note(IsForeign(request.Url, origin), $"request to {request.Url}");
        page.WebSocket += (_, socket) =>
            Note(IsForeign(socket.Url.Replace("ws://", "http://", StringComparison.Ordinal), origin), $"socket to {socket.Url}");
    }

    public IPage Page { get; }

    /// <summary>What to say now; the one that fades out is not it.</summary>
    public ILocator Words => Page.Locator(".words .arriving");

    public ILocator Card => Page.Locator(".card");

    public ILocator CardTitle => Page.Locator("#card-title");

    public ILocator Status => Page.Locator(".status");

    public ILocator Transcript => Page.GetByRole(AriaRole.Log);

    public ILocator Turns => Transcript.Locator(".turn");

    /// <summary>Each final line, however the transcript groups them.</summary>
    public ILocator Lines => Turns.Locator("> span");

    public ILocator Composer => Page.GetByRole(AriaRole.Textbox, new() { Name = "A line of the conversation" });

    public ILocator Badge => Page.Locator(".badge");

    public ILocator Remark => Page.Locator(".say > .remark");

    /// <summary>Console errors, failed scripts and requests to other origins, so far.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    public static async Task<Panel> Open(
        Uri address, BrowserNewContextOptions? options = null, IBrowser? browser = null, Func<IBrowserContext, Task>? prepare = null)
    {
        options ??= new();
        options.ViewportSize ??= new() { Width = 420, Height = 860 };
        options.ReducedMotion ??= ReducedMotion.NoPreference;
        var context = await (browser ?? Stage.Browser).NewContextAsync(options);
        await context.AddInitScriptAsync(scriptPath: Path.Combine(Here, "probes.js"));
        if (prepare is not null)
        {
            await prepare(context);
        }

        var panel = new Panel(context, await context.NewPageAsync(), address);
        await panel.Page.GotoAsync(address.ToString());
        return panel;
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Starts a call from the first screen, with an empty brief.</summary>
    public async Task StartCall()
    {
        await Button("Start a call").ClickAsync();
        await Button("Start the call").ClickAsync();
        await Assertions.Expect(Status).ToHaveTextAsync("Listening");
    }

    public async Task TypeAs(string speaker, string line)
    {
        await Page.Locator(".composer .switch").GetByText(speaker, new() { Exact = true }).ClickAsync();
        await Composer.FillAsync(line);
        await Composer.PressAsync("Enter");
    }

    /// <summary>Goes once around by Tab: it reaches everything, and always shows where it is.</summary>
    public async Task WalkByTab()
    {
        var reachable = await Probe<int>("reachable()");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Wherever the walk begins: once around, past the page itself.
        for (var step = 0; step < reachable + 2; step++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (await Probe<Focus?>("focused()") is { } focus)
            {
                Assert.That(focus.Wrong, Is.Empty, focus.Name);
                seen.Add(focus.Name);
            }
        }

        Assert.That(seen, Has.Count.EqualTo(reachable), string.Join(Environment.NewLine, seen));
    }

    public Task<T> Probe<T>(string probe) => Page.EvaluateAsync<T>($"() => window.probes.{probe}");

    public Task Start(string probe) => Page.EvaluateAsync($"() => {{ window.probes.{probe}; }}");

    public async Task Screenshot(string name)
    {
        var folder = Path.Combine(Here, "screenshots");
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    public ValueTask DisposeAsync() => context.DisposeAsync();

    static bool IsForeign(string url, string origin) =>
        !url.StartsWith(origin + "/", StringComparison.Ordinal)
        && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal);

    static string FindHere()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "probes.js")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds probes.js.");
    }

    void Note(bool trouble, string what)
    {
        if (trouble)
        {
            troubles.Enqueue(what);
        }
    }

    sealed record Focus
    {
        public string Name { get; set; } = "";

        public string Wrong { get; set; } = "";
    }
}

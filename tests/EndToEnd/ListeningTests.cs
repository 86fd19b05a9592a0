using System.Collections.Concurrent;
using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>
/// A call that is listened to: Chromium's fake microphone plays the rep's channel of a recorded call, the shared tab the customer's, and a
/// gateway with a transcriber makes words of them.
/// </summary>
[NonParallelizable]
public sealed class ListeningTests : PanelTests
{
    /// <summary>The rep asks what happens when a request gets lost; the customer answers, and asks for the price.</summary>
    const int FromMs = 12_000;
    const int ToMs = 24_000;

    /// <summary>Time to switch both voices on and to start the call.</summary>
    const int LeadMs = 6000;

    /// <summary>Whatever goes wrong with the sound is said within this.</summary>
    const int SaidWithinMs = 3000;

    static readonly int[] Widths = [360, 480];

    readonly ConcurrentQueue<string> requests = new();

    ListeningTranscriber transcriber = null!;
    RunningGateway gateway = null!;
    IBrowser browser = null!;
    byte[] customer = [];
    string microphone = "";

    protected override Uri Address => gateway.Address;

    [OneTimeSetUp]
    public async Task Start()
    {
        var recording = Recording.Load(FindRecording());
        microphone = Path.Combine(Path.GetTempPath(), $"teleprompter-microphone-{Guid.NewGuid():N}.wav");
        await File.WriteAllBytesAsync(microphone, SoundFile.Of(Piece(recording, 0), LeadMs));
        customer = SoundFile.Of(Piece(recording, 1), LeadMs);
        transcriber = await ListeningTranscriber.StartAsync(recording);
        gateway = await RunningGateway.Start(
            null, "--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}", "--Transcription:Model=listening");
        browser = await Stage.Launch(
            "--use-fake-ui-for-media-stream", $"--use-file-for-fake-audio-capture={microphone}%noloop");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (transcriber is not null)
        {
            await transcriber.DisposeAsync();
        }

        File.Delete(microphone);
    }

    [Test]
    public async Task Both_voices_become_words_of_the_right_speaker_and_a_suggestion_follows()
    {
        await Panel.Button("Start a call").ClickAsync();
        Assert.That(VoiceFiles, Is.Empty, "loaded although nobody listens");
        await Panel.Button("Use microphone").ClickAsync();
        await Panel.Button("Share the meeting").ClickAsync();
        await Expect(Meters).ToHaveCountAsync(2);
        await Panel.Screenshot("Ready to listen");
        await Panel.Button("Listen to this call").ClickAsync();
        await Expect(Panel.Status).ToHaveTextAsync("Listening");

        await Expect(Lines("rep")).ToContainTextAsync("What happens when a request gets lost?", new() { Timeout = 20_000 });
        await Expect(Lines("customer")).ToContainTextAsync("how much does this cost per seat?", new() { Timeout = 20_000 });
        await Expect(Panel.CardTitle).ToHaveTextAsync("What does it cost?");
        await Expect(Panel.Words).Not.ToBeEmptyAsync();
        await Expect(Lines("rep")).Not.ToContainTextAsync("seat");
        await Expect(Lines("customer")).Not.ToContainTextAsync("request gets lost");
        Assert.That(VoiceFiles, Has.Exactly(2).StartsWith(Address.ToString()), "the model and what runs it, from the gateway");
        await CheckLook("Listening");
        await SleepAndWake();
        await UnplugTheMicrophone();
        await CloseTheTab();
    }

    async Task SleepAndWake()
    {
        await Panel.Start("watchLiveRegions()");
        await Panel.Page.EvaluateAsync("() => window.hands.sleep()");
        await Panel.Page.WaitForFunctionAsync(
            "() => window.told.includes('The sound stopped. It is being started again.')", null, new() { Timeout = SaidWithinMs });
        await Expect(Meters).ToHaveCountAsync(2);
        await Expect(Notice).ToBeEmptyAsync();
    }

    async Task UnplugTheMicrophone()
    {
        await Panel.Page.EvaluateAsync("() => { window.hands.unplugged = true; window.hands.end('rep'); }");
        await Expect(Notice).ToHaveTextAsync(
            "There is no microphone. Plug one in and it is used at once.", new() { Timeout = SaidWithinMs });
        await CheckLook("Microphone unplugged");
        await Panel.Page.EvaluateAsync("() => window.hands.plugIn()");
        await Expect(Panel.Page.GetByRole(AriaRole.Meter, new() { Name = "Your microphone's level" })).ToBeVisibleAsync();
    }

    async Task CloseTheTab()
    {
        await Panel.Page.EvaluateAsync("() => window.hands.end('customer')");
        await Expect(Notice).ToHaveTextAsync(
            "The shared tab is gone. Share it again to hear the customer.", new() { Timeout = SaidWithinMs });
        await Expect(Panel.Button("Share again")).ToBeVisibleAsync();
    }

    private protected override Task<Panel> OpenPanel() => Panel.Open(
        Address,
        browser: browser,
        prepare: async context =>
        {
            context.Request += (_, request) => requests.Enqueue(request.Url);
            await context.AddInitScriptAsync(scriptPath: Path.Combine(Panel.Here, "sound-hooks.js"));
            await context.RouteAsync(
                "**/test/customer.wav", route => route.FulfillAsync(new() { BodyBytes = customer, ContentType = "audio/wav" }));
        });

    IEnumerable<string> VoiceFiles =>
        requests.Where(url => url.EndsWith(".wasm", StringComparison.Ordinal) || url.EndsWith(".onnx", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);

    ILocator Meters => Panel.Page.GetByRole(AriaRole.Meter);

    ILocator Notice => Panel.Page.Locator(".notice");

    ILocator Lines(string speaker) => Panel.Transcript.Locator($".turn[data-speaker={speaker}]").Last;

    async Task CheckLook(string what)
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await Panel.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            foreach (var width in Widths)
            {
                await Panel.Page.SetViewportSizeAsync(width, 860);
                var name = $"{what}, {scheme}, {width} px";
                await Panel.Screenshot(name);
                Assert.That(await Panel.Probe<string[]>("sidewaysOverflow()"), Is.Empty, name);
                Assert.That(await Panel.Probe<string[]>("faintText()"), Is.Empty, name);
            }
        }
    }

    static short[] Piece(Recording recording, int channel) =>
        recording.Channels[channel][(FromMs * Recording.Rate / 1000)..(ToMs * Recording.Rate / 1000)];

    internal static string FindRecording()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "audio", "sales-call.wav");
            if (File.Exists(file))
            {
                return file;
            }
        }

        Assert.Ignore("shared/audio/sales-call.wav is not beside the repository.");
        return "";
    }
}

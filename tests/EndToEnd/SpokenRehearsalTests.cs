using System.Globalization;
using Microsoft.Playwright;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedSpeech;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>A buyer that is heard in a real browser, and a rep who speaks into a microphone of the test's.</summary>
[NonParallelizable]
public sealed class SpokenRehearsalTests : PanelTests
{
    /// <summary>The rep asks what happens when a request gets lost.</summary>
    const int FromMs = 12_000;
    const int LengthMs = 700;

    ScriptedSpeechServer speech = null!;
    RunningGateway gateway = null!;
    byte[] rep = [];

    protected override Uri Address => gateway.Address;

    [OneTimeSetUp]
    public async Task Start()
    {
        rep = SoundFile.Of(Spoken(), silenceMs: 0);
        speech = await ScriptedSpeechServer.StartAsync(new SpeechScript { PerCharacter = TimeSpan.FromMilliseconds(120) });
        gateway = await RunningGateway.Start(
            null, "--Speech:Provider=OpenAI", $"--Speech:Endpoint={speech.Endpoint}", "--Speech:Model=scripted");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        if (speech is not null)
        {
            await speech.DisposeAsync();
        }
    }

    /// <summary><c>SPEECH_TURNS=30</c> measures more of them.</summary>
    [Test]
    [CancelAfter(180_000)]
    public async Task The_buyer_is_heard_and_falls_silent_when_the_rep_begins_to_speak()
    {
        await Panel.Button("Rehearse").ClickAsync();
        await Panel.Page.GetByText("Tomasz Wilk").ClickAsync();
        await Panel.Button("Use microphone").ClickAsync();
        await Expect(Panel.Page.GetByRole(AriaRole.Meter)).ToHaveCountAsync(1);
        await Panel.Button("Start the rehearsal").ClickAsync();
        await Expect(Panel.Page.Locator(".rehearsal .label").First).ToHaveTextAsync("Spoken aloud");
        var silences = new List<double>();
        var turns = int.Parse(Environment.GetEnvironmentVariable("SPEECH_TURNS") ?? "5", CultureInfo.InvariantCulture);
        var stretches = 0;
        for (var turn = 1; turn <= turns + 1; turn++)
        {
            // On busy cores a turn may be heard in more than one stretch.
            await Panel.Page.WaitForFunctionAsync($"() => window.heard.stretches > {stretches} && window.heard.playing");
            // Some of it is heard before the rep comes in.
            await Panel.Page.WaitForTimeoutAsync(700);
            await Panel.Page.EvaluateAsync("() => window.rep.speak()");
            await Panel.Page.WaitForFunctionAsync(
                "() => !window.heard.playing && performance.now() - window.heard.silentSince > 300", null, new() { Timeout = 5000 });
            stretches = await Panel.Page.EvaluateAsync<int>("() => window.heard.stretches");
            silences.Add(await Panel.Page.EvaluateAsync<double>("() => window.heard.silentSince - window.rep.spokeAt"));
            await speech.Until(requests => requests.All(request => request.EndedMs is not null), TimeSpan.FromSeconds(2));
            // The rep's words end before the buyer answers.
            await Panel.Page.WaitForTimeoutAsync(LengthMs);
            await Panel.Composer.FillAsync($"It is in the contract, on page {turn}.");
            await Panel.Composer.PressAsync("Enter");
        }

        // The model of voice activity may still be loading at the first.
        silences.RemoveAt(0);
        await TestContext.Out.WriteLineAsync($"onset to silence, ms: {string.Join(", ", silences.Select(each => $"{each:F0}"))}");
        Assert.That(silences.Order().ElementAt(silences.Count / 2), Is.LessThan(250), "of the median, on a loaded machine");
        await Panel.Page.WaitForFunctionAsync("() => window.heard.playing");
    }

    private protected override Task<Panel> OpenPanel() => Panel.Open(
        Address,
        prepare: async context =>
        {
            await context.AddInitScriptAsync(scriptPath: Path.Combine(Panel.Here, "speech-hooks.js"));
            await context.RouteAsync("**/test/rep.wav", route => route.FulfillAsync(new() { BodyBytes = rep, ContentType = "audio/wav" }));
        });

    /// <summary>The rep's voice from its first sound on.</summary>
    static ReadOnlySpan<short> Spoken()
    {
        var channel = Recording.Load(ListeningTests.FindRecording()).Channels[0];
        var first = Array.FindIndex(channel, FromMs * Recording.Rate / 1000, sample => Math.Abs((int)sample) > 1500);
        return channel.AsSpan(first, LengthMs * Recording.Rate / 1000);
    }
}

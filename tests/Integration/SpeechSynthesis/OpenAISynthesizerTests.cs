using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.Tests.Integration.Models;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.SpeechSynthesis;

/// <summary>The synthesizer against a real HTTP server that behaves as servers do.</summary>
[CancelAfter(30_000)]
public sealed class OpenAISynthesizerTests
{
    const string Clause = "That is far too much.";

    static readonly int ClauseBytes = (int)(Clause.Length / 15.0 * 24_000) * 2;

    ScriptedSpeechServer server = null!;
    IHost host = null!;
    WarningList log = null!;

    [SetUp]
    public async Task Start()
    {
        server = await ScriptedSpeechServer.StartAsync(new SpeechScript { FirstAudio = TimeSpan.FromMilliseconds(10), Speed = 100 });
        log = new WarningList();
        host = Host(
            ("Speech:Provider", "OpenAI"), ("Speech:Endpoint", server.Endpoint + "/audio/speech"), ("Speech:Model", "scripted"));
        await host.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await host.StopAsync();
        host.Dispose();
        log.Dispose();
        await server.DisposeAsync();
    }

    [TestCase(1001, null)]
    [TestCase(4096, null)]
    [TestCase(1001, 24_000)]
    [TestCase(17, 24_000)]
    public async Task Sound_comes_in_whole_samples_whatever_the_pieces_and_without_a_header(
        int piece, int? wav, CancellationToken cancellationToken)
    {
        var perCharacter = TimeSpan.FromMilliseconds(piece < 100 ? 2 : 66);
        server.Script = server.Script with { PieceBytes = piece, WavRate = wav, PerCharacter = perCharacter };
        var sound = await Speak(cancellationToken);
        byte[] all = [.. sound.SelectMany(samples => samples)];
        Assert.Multiple(() =>
        {
            Assert.That(sound.Select(samples => samples.Length % 2), Is.All.Zero);
            Assert.That(all, Has.Length.EqualTo((int)(Clause.Length * perCharacter.TotalSeconds * 24_000) * 2));
            Assert.That(BitConverter.ToInt16(all, 2), Is.EqualTo(1149), "the tone's second sample");
        });
        var request = server.Requests.Single();
        Assert.That((request.Input, request.Model, request.Voice, request.Format), Is.EqualTo((Clause, "scripted", "alloy", "pcm")));
    }

    [TestCase(SpeechFault.Status, 404, SynthesisFailure.Refused)]
    [TestCase(SpeechFault.Status, 429, SynthesisFailure.RateLimited)]
    [TestCase(SpeechFault.Status, 503, SynthesisFailure.ServerError)]
    [TestCase(SpeechFault.ErrorAsSuccess, 200, SynthesisFailure.ServerError)]
    [TestCase(SpeechFault.Mp3, 200, SynthesisFailure.WrongFormat)]
    [TestCase(SpeechFault.Empty, 200, SynthesisFailure.NoAudio)]
    [TestCase(SpeechFault.Hang, 200, SynthesisFailure.Timeout)]
    public async Task A_server_that_gives_no_sound_fails_with_what_it_said(SpeechFault fault, int status, SynthesisFailure failure)
    {
        server.Script = server.Script with { Fault = fault, Status = status, Error = $"No voice for \"{Clause}\" here." };
        var error = await Assert.ThrowsAsync<SynthesisException>(() => Speak(CancellationToken.None));
        Assert.That(error!.Failure, Is.EqualTo(failure));
        if (fault is SpeechFault.Status or SpeechFault.ErrorAsSuccess)
        {
            Assert.That(error.ServerSays, Does.Contain("No voice for").And.Contain("here."));
            Assert.That(error.ServerSays, Does.Not.Contain("too much"), "no words of the call in a log");
        }
    }

    [Test]
    public async Task A_voice_that_the_server_does_not_know_is_spoken_by_the_workers_own_and_told_once(CancellationToken cancellationToken)
    {
        server.Script = server.Script with { Voices = ["alloy", "ash"], Error = "Voice 'sage' not found." };
        Assert.That(await Speak(cancellationToken, "ash"), Is.Not.Empty);
        for (var clause = 0; clause < 2; clause++)
        {
            var sound = await Speak(cancellationToken, "sage");
            Assert.That(sound.Sum(samples => samples.Length), Is.EqualTo(ClauseBytes).Within(2));
        }

        Assert.Multiple(() =>
        {
            Assert.That(server.Requests.Select(request => request.Voice), Is.EqualTo(new[] { "ash", "sage", "alloy", "alloy" }));
            Assert.That(log.Warnings, Has.Exactly(1).Items.And.All.Contains(
                "refuses the voice 'sage' of a persona (HTTP 400); Speech:Voice speaks in its place. It says: Voice 'sage' not found."));
        });
    }

    [TestCase(SpeechFault.Stall, SynthesisFailure.Timeout)]
    [TestCase(SpeechFault.Break, SynthesisFailure.Unreachable)]
    public async Task A_stream_that_stops_in_the_middle_fails_behind_the_sound_that_came(SpeechFault fault, SynthesisFailure failure)
    {
        server.Script = server.Script with { Fault = fault };
        var heard = 0;
        var error = await Assert.ThrowsAsync<SynthesisException>(async () =>
        {
            await foreach (var samples in Synthesizer.Speak(Clause, voice: null, CancellationToken.None))
            {
                heard += samples.Length;
            }
        });
        Assert.That(error!.Failure, Is.EqualTo(failure));
        Assert.That(heard, Is.InRange(1000, ClauseBytes - 1000));
        await server.Until(requests => requests.All(request => request.EndedMs is not null), TimeSpan.FromSeconds(5));
    }

    [Test]
    public async Task To_stop_reading_closes_the_request_at_once(CancellationToken cancellationToken)
    {
        server.Script = server.Script with { Speed = 1 };
        await foreach (var _ in Synthesizer.Speak(Clause, voice: null, cancellationToken))
        {
            break;
        }

        var stopped = ScriptedSpeechServer.NowMs;
        var requests = await server.Until(all => all.All(request => request.EndedMs is not null), TimeSpan.FromSeconds(5));
        Assert.That(requests.Single().Aborted);
        Assert.That(requests.Single().EndedMs - stopped, Is.LessThan(1000));
    }

    [Test]
    public async Task Wrong_settings_stop_the_start_and_say_what_to_set()
    {
        using var wrong = Host(("Speech:Provider", "OpenAI"));
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => wrong.StartAsync());
        Assert.That(fault!.Message, Does.Contain("Speech:Endpoint is missing").And.Contain("Speech:Model is missing"));
        using var none = Host();
        await none.StartAsync();
        Assert.That(none.Services.GetService<SpeechStage>(), Is.Null);
    }

    ISpeechSynthesizer Synthesizer => host.Services.GetRequiredService<SpeechStage>().Synthesizer;

    async Task<List<byte[]>> Speak(CancellationToken cancellation, string? voice = null)
    {
        var sound = new List<byte[]>();
        await foreach (var samples in Synthesizer.Speak(Clause, voice, cancellation))
        {
            sound.Add(samples.ToArray());
        }

        return sound;
    }

    IHost Host(params (string Setting, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(set => KeyValuePair.Create(set.Setting, (string?)set.Value)));
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSpeechSynthesis(builder.Configuration);
        return builder.Build();
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>The transcriber against a server that speaks its protocol, over real sockets.</summary>
[CancelAfter(60_000)]
public sealed class OpenAITranscriberTests
{
    static readonly SpeechClip Second = new(new byte[32_000], "en-GB", "Names: Sam, Lee.");

    [Test]
    public async Task A_stretch_becomes_words_and_language_names_and_sound_arrive(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(
            new TranscriberScript { Otherwise = "How much is it?", Delay = TimeSpan.Zero });

        var text = await test.Service.Transcribe(Second, cancellationToken);

        Assert.That(text, Is.EqualTo("How much is it?"));
        var request = test.Requests.Single();
        Assert.That(
            (request.Model, request.Language, request.Prompt, request.AudioMs), Is.EqualTo(("scripted", "en", "Names: Sam, Lee.", 1000.0)));
    }

    [Test]
    public async Task A_request_that_is_not_wanted_any_more_is_closed_at_the_server(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(new TranscriberScript { Hang = true });
        using var unwanted = new CancellationTokenSource();
        var transcribing = test.Service.Transcribe(Second, unwanted.Token);
        await test.Server.Until(requests => requests.Count == 2, TimeSpan.FromSeconds(5));

        await unwanted.CancelAsync();

        await Assert.ThatAsync(() => transcribing, Throws.InstanceOf<OperationCanceledException>());
        await test.Server.Until(requests => requests[1].Aborted, TimeSpan.FromSeconds(5));
        Assert.That(test.Service.State, Is.EqualTo(TranscriptionState.Ready));
    }

    [Test]
    public async Task Speech_that_has_ended_is_tried_once_more_and_speech_that_grows_is_not(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(
            new TranscriberScript { Status = 500, StatusCount = 1, Otherwise = "Yes.", Delay = TimeSpan.Zero });

        Assert.That(await test.Service.Transcribe(Second, cancellationToken), Is.EqualTo("Yes."));

        test.Server.Script = new TranscriberScript { Status = 500, Delay = TimeSpan.Zero };
        await Assert.ThatAsync(
            () => test.Service.Transcribe(Second with { Final = false }, cancellationToken),
            Throws.InstanceOf<TranscriptionException>().With.Property("Failure").EqualTo(TranscriptionFailure.ServerError));
        Assert.That(test.Requests, Has.Count.EqualTo(3));
    }

    [TestCase("""{"error":"failed to read WAV file"}""")]
    [TestCase("""{"error":{"message":"no","code":500},"text":""}""")]
    [TestCase("""{"object":"error","message":"no"}""")]
    [TestCase("""{"segments":[]}""")]
    [TestCase("")]
    [TestCase("<html>Bad gateway</html>")]
    public async Task An_answer_without_text_or_with_an_error_is_a_failure_whatever_its_status(
        string body, CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(
            new TranscriberScript { Raw = (body, "application/json"), Delay = TimeSpan.Zero });

        await Assert.ThatAsync(
            () => test.Service.Transcribe(Second, cancellationToken),
            Throws.InstanceOf<TranscriptionException>().With.Property("Failure").EqualTo(TranscriptionFailure.ServerError));
    }

    [Test]
    public async Task Plain_text_is_words_and_no_text_is_silence(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(
            new TranscriberScript { Raw = ("How much is it?\n", "text/plain; charset=utf-8"), Delay = TimeSpan.Zero });
        Assert.That(await test.Service.Transcribe(Second, cancellationToken), Is.EqualTo("How much is it?"));

        test.Server.Script = new TranscriberScript { Raw = ("""{"text":""}""", "application/json"), Delay = TimeSpan.Zero };
        Assert.That(await test.Service.Transcribe(Second, cancellationToken), Is.Empty);
    }

    [TestCase(null, "en")]
    [TestCase("pt-BR", "pt")]
    [TestCase("auto", null)]
    public async Task The_calls_language_arrives_and_auto_leaves_it_to_the_transcriber(
        string? language, string? sent, CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(new TranscriberScript { Delay = TimeSpan.Zero });

        await test.Service.Transcribe(Second with { Language = language }, cancellationToken);

        Assert.That(string.IsNullOrEmpty(test.Requests.Single().Language) ? null : test.Requests.Single().Language, Is.EqualTo(sent));
    }

    [Test]
    public async Task A_server_error_at_silence_says_nothing_about_speech(CancellationToken cancellationToken)
    {
        await using var server = await ScriptedTranscriberServer.StartAsync(
            script: new TranscriberScript { Status = 500, Delay = TimeSpan.Zero });
        using var host = TranscriberUnderTest.Host(
            ("Transcription:Provider", "OpenAI"), ("Transcription:Endpoint", $"{server.Endpoint}"), ("Transcription:Model", "scripted"));
        await host.StartAsync(cancellationToken);
        await server.Until(requests => requests.Count > 0, TimeSpan.FromSeconds(10));
        var service = host.Services.GetRequiredService<TranscriptionService>();
        await service.Try(cancellationToken);

        Assert.That(service.State, Is.EqualTo(TranscriptionState.Ready));
        server.Script = new TranscriberScript { Otherwise = "Yes.", Delay = TimeSpan.Zero };
        Assert.That(await service.Transcribe(Second, cancellationToken), Is.EqualTo("Yes."));
        await host.StopAsync(cancellationToken);
    }

    [Test]
    public async Task A_transcriber_that_does_not_answer_in_time_has_failed(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(
            new TranscriberScript { Hang = true }, ("Transcription:Timeout", "00:00:00.2"));

        await Assert.ThatAsync(
            () => test.Service.Transcribe(Second, cancellationToken),
            Throws.InstanceOf<TranscriptionException>().With.Property("Failure").EqualTo(TranscriptionFailure.Timeout));
    }

    [Test]
    public async Task A_transcriber_that_fails_rests_and_is_found_again_when_it_is_back(CancellationToken cancellationToken)
    {
        await using var test = await TranscriberUnderTest.Start(new TranscriberScript { Status = 503, Delay = TimeSpan.Zero });
        var back = new TaskCompletionSource();
        test.Service.StateChanged += (_, _) =>
        {
            if (test.Service.State == TranscriptionState.Ready)
            {
                back.TrySetResult();
            }
        };
        for (var i = 0; i < 2; i++)
        {
            await Assert.ThatAsync(() => test.Service.Transcribe(Second, cancellationToken), Throws.InstanceOf<TranscriptionException>());
        }

        // The try at the start, which makes it rest at once, may still be under way.
        await Poll.Until(
            () => test.Service.State == TranscriptionState.Unavailable, TimeSpan.FromSeconds(30), "the transcriber counts as unavailable");
        test.Server.Script = new TranscriberScript { Delay = TimeSpan.Zero };
        await back.Task.WaitAsync(cancellationToken);
    }

    [Test]
    public async Task An_endpoint_that_cannot_be_reached_keeps_nobody_from_starting(CancellationToken cancellationToken)
    {
        using var host = TranscriberUnderTest.Host(
            ("Transcription:Provider", "OpenAI"), ("Transcription:Endpoint", "http://127.0.0.1:1/v1"), ("Transcription:Model", "scripted"));

        await host.StartAsync(cancellationToken);
        await host.StopAsync(cancellationToken);
    }

    [Test, Explicit("Asks a real server: name its address in TRANSCRIPTION_ENDPOINT, for example whisper.cpp's http://127.0.0.1:8090/v1.")]
    public async Task A_real_server_speaks_the_same_protocol(CancellationToken cancellationToken)
    {
        var endpoint = Environment.GetEnvironmentVariable("TRANSCRIPTION_ENDPOINT");
        Assume.That(endpoint, Is.Not.Null.And.Not.Empty);
        using var host = TranscriberUnderTest.Host(
            ("Transcription:Provider", "OpenAI"), ("Transcription:Endpoint", endpoint!), ("Transcription:Model", "whisper-1"), (
                "Transcription:Timeout", "00:01:00"));
        await host.StartAsync(cancellationToken);
        var service = host.Services.GetRequiredService<TranscriptionService>();
        var speech = Recording.Load(SharedAudio.Find("jfk.wav")).Channels[0];
        var clip = new SpeechClip(MemoryMarshal.AsBytes(speech.AsSpan()).ToArray(), "en", "Names: Sam, Lee.");

        var started = Stopwatch.StartNew();
        var text = await service.Transcribe(clip, cancellationToken);
        await TestContext.Out.WriteLineAsync($"{clip.Duration.TotalSeconds:0.0} s in {started.Elapsed.TotalSeconds:0.0} s: {text}");

        using var unwanted = new CancellationTokenSource();
        var transcribing = service.Transcribe(clip, unwanted.Token);
        await unwanted.CancelAsync();
        await Assert.ThatAsync(() => transcribing, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(service.State, Is.EqualTo(TranscriptionState.Ready));
        await host.StopAsync(cancellationToken);
    }

    [TestCase("Transcription:Endpoint", "", "Transcription:Endpoint is missing")]
    [TestCase("Transcription:Endpoint", "ftp://localhost", "Transcription:Endpoint is missing or no http or https address")]
    [TestCase("Transcription:Endpoint", "https://api.openai.com/v1", "Transcription:ApiKey is missing and api.openai.com asks for one")]
    [TestCase("Transcription:Model", "", "Transcription:Model is missing")]
    [TestCase("Transcription:Slots", "0", "Transcription:Slots must be 1 to 1000")]
    [TestCase("Transcription:Timeout", "00:02:00", "Transcription:Timeout must be 100 ms to one minute")]
    [TestCase("Transcription:Provider", "Siri", "Transcription:Provider")]
    public async Task Wrong_settings_refuse_to_start_and_say_what_to_set(string setting, string value, string says)
    {
        using var host = TranscriberUnderTest.Host(
            ("Transcription:Provider", "OpenAI"), ("Transcription:Endpoint", "http://localhost:1/v1"), (
                "Transcription:Model", "scripted"), (setting, value));

        await Assert.ThatAsync(async () => await host.StartAsync(), Throws.Exception.With.Message.Contains(says));
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>
/// Whisper inside the worker. A model of scripted weights says known words; the shared test model has a real layout and no weights, so that
/// what it writes means nothing.
/// </summary>
[CancelAfter(120_000)]
public sealed class WhisperNetTests
{
    readonly string folder = Directory.CreateTempSubdirectory("teleprompter-whisper-").FullName;

    static string TestModel => Shared("models/for-tests-ggml-tiny.bin");

    string ModelFile => Path.Combine(folder, "model.bin");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task It_transcribes_more_stretches_than_it_has_slots(CancellationToken cancellationToken)
    {
        using var host = await Start(cancellationToken, $"Model={TestModel}");
        var transcriber = host.Services.GetRequiredService<ITranscriber>();
        var clip = new SpeechClip(Jfk(11), "en", "Teleprompter, Northwind, Lee.");
        var texts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => transcriber.Transcribe(clip, cancellationToken)));
        await TestContext.Out.WriteLineAsync(string.Join('\n', texts.Select(text => $"'{text}'")));
        Assert.That(texts, Is.All.EqualTo(texts[0]), "the same voice gives the same words");
        Assert.That(await transcriber.Transcribe(new SpeechClip(Jfk(0.1), "tlh", Final: false), cancellationToken), Is.Not.Null);
    }

    [Test]
    public async Task It_says_the_words_of_its_model(CancellationToken cancellationToken)
    {
        const string Words = "Your price is too high, $2,000 a month.";
        ScriptedWhisperModel.Write(ModelFile, WhisperSize.Least, Words);
        using var host = await Start(cancellationToken, $"Model={ModelFile}");
        var transcriber = host.Services.GetRequiredService<ITranscriber>();
        foreach (var clip in
            from language in new[] { "en", "auto" }
            from prompt in new[] { null, "Teleprompter, Northwind, Lee." }
            from final in new[] { true, false }
            select new SpeechClip(Jfk(3), language, prompt, final))
        {
            Assert.That(await transcriber.Transcribe(clip, cancellationToken), Is.EqualTo(Words), clip.ToString());
        }
    }

    [Test]
    public async Task Words_that_are_no_longer_wanted_cost_no_more_time_and_free_their_slot(CancellationToken cancellationToken)
    {
        using var host = await Start(cancellationToken, $"Model={TestModel}", "WhisperNet:Slots=1");
        var transcriber = host.Services.GetRequiredService<ITranscriber>();
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = transcriber.Transcribe(new SpeechClip(Jfk(11)), unwanted.Token);
        var waiting = transcriber.Transcribe(new SpeechClip(Jfk(11)), unwanted.Token);
        unwanted.CancelAfter(TimeSpan.FromMilliseconds(20));
        await Assert.ThatAsync(() => running, Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThatAsync(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        var begun = Stopwatch.GetTimestamp();
        await transcriber.Transcribe(new SpeechClip(Jfk(1)), cancellationToken);
        await TestContext.Out.WriteLineAsync(
            $"after the cancel, 1 s of voice took {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms");
    }

    [Test]
    public async Task A_stretch_that_still_grows_does_not_wait_for_a_slot(CancellationToken cancellationToken)
    {
        using var host = await Start(cancellationToken, $"Model={TestModel}", "WhisperNet:Slots=1");
        var transcriber = host.Services.GetRequiredService<ITranscriber>();
        var final = transcriber.Transcribe(new SpeechClip(Jfk(11)), cancellationToken);
        await Assert.ThatAsync(
            () => transcriber.Transcribe(new SpeechClip(Jfk(1), Final: false), cancellationToken),
            Throws.InstanceOf<TranscriptionException>().With.Property("Failure").EqualTo(TranscriptionFailure.Busy));
        Assert.That(await final, Is.Not.Null);
    }

    [Test]
    public void A_model_that_is_not_there_refuses_to_start_and_says_where_to_get_one() => Assert.That(
        async () => await Start(default, $"Model={ModelFile}"),
        Throws.InvalidOperationException.With.Message.Contains($"{ModelFile} is not there")
            .And.Message.Contains("huggingface.co/ggerganov/whisper.cpp"));

    [TestCase(0, 4, "is cut off")]
    [TestCase(0, 40, "is cut off")]
    [TestCase(0, 200_000, "is cut off")]
    [TestCase(4, 575_000, "is no model in whisper.cpp's format")]
    public async Task A_broken_model_refuses_to_start_and_says_where_to_get_a_whole_one(int from, int to, string expected)
    {
        var whole = await File.ReadAllBytesAsync(TestModel);
        await File.WriteAllBytesAsync(ModelFile, whole[from..Math.Min(to, whole.Length)]);
        Assert.That(
            async () => await Start(default, $"Model={ModelFile}"),
            Throws.InvalidOperationException.With.Message.Contains(expected).And.Message.Contains("huggingface.co"));
    }

    [TestCase(2, 16, 3_000, "is cut off")]
    [TestCase(900, 16, 0, "is damaged in its weights")]
    [TestCase(2, 16, 4_096, "is no model that Whisper can load")]
    public async Task Weights_that_are_cut_off_or_not_those_of_the_model_refuse_to_start(
        int dimensions, int nameBytes, int dataBytes, string expected)
    {
        var weights = new[] { dimensions, nameBytes, 0, 32, 32 }.SelectMany(BitConverter.GetBytes);
        await File.WriteAllBytesAsync(
            ModelFile, [.. await File.ReadAllBytesAsync(TestModel), .. weights, .. new byte[nameBytes + dataBytes]]);
        Assert.That(
            async () => await Start(default, $"Model={ModelFile}"), Throws.InvalidOperationException.With.Message.Contains(expected));
    }

    [Test]
    public async Task A_model_is_downloaded_once_and_checked(CancellationToken cancellationToken)
    {
        var whole = await File.ReadAllBytesAsync(TestModel, cancellationToken);
        var sum = Convert.ToHexString(SHA256.HashData(whole));
        await using var server = await Serve(whole);
        var download = $"WhisperNet:Download={server.Urls.Single()}/model.bin";
        using (await Start(cancellationToken, $"Model={ModelFile}", download, $"WhisperNet:Sha256={sum}"))
        {
            Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EqualTo(new[] { "model.bin" }));
        }

        await server.StopAsync(cancellationToken);
        using var again = await Start(cancellationToken, $"Model={ModelFile}", download, $"WhisperNet:Sha256={sum}");
    }

    [Test]
    public async Task What_is_not_the_model_that_was_named_is_not_kept(CancellationToken cancellationToken)
    {
        await using var server = await Serve("not the model"u8.ToArray());
        Assert.That(
            async () => await Start(
                cancellationToken,
                $"Model={ModelFile}",
                $"WhisperNet:Download={server.Urls.Single()}/model.bin",
                $"WhisperNet:Sha256={new string('0', 64)}"),
            Throws.InvalidOperationException.With.Message.Contains("Sha256 names another"));
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }

    [Test]
    public async Task A_download_that_fails_says_so_and_leaves_nothing_behind(CancellationToken cancellationToken)
    {
        await using var server = await Serve([]);
        Assert.That(
            async () => await Start(
                cancellationToken,
                $"Model={ModelFile}",
                $"WhisperNet:Download={server.Urls.Single()}/other.bin",
                $"WhisperNet:Sha256={new string('0', 64)}"),
            Throws.InvalidOperationException.With.Message.Contains("could not be downloaded").And.Message.Contains("404"));
        Assert.That(Directory.GetFiles(folder), Is.Empty);
    }

    [TestCase("Transcription:Model is missing", "Provider=WhisperNet")]
    [TestCase("Slots must be 1 to 64", "Model=m.bin", "WhisperNet:Slots=0")]
    [TestCase("Sha256 is missing", "Model=m.bin", "WhisperNet:Download=https://example.com/m.bin")]
    [TestCase("Sha256 is no SHA-256", "Model=m.bin", "WhisperNet:Sha256=abc")]
    [TestCase(
        "no http or https address", "Model=m.bin", "WhisperNet:Download=ftp://example.com/m.bin",
        "WhisperNet:Sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public void Settings_that_cannot_work_are_named(string expected, params string[] settings) =>
        Assert.That(
            async () => await Start(default, settings), Throws.InstanceOf<OptionsValidationException>().With.Message.Contains(expected));

    static async Task<IHost> Start(CancellationToken cancellationToken, params string[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Prepend("Provider=WhisperNet").Reverse()
            .DistinctBy(setting => setting.Split('=')[0], StringComparer.Ordinal)
            .Select(
                setting => KeyValuePair.Create<string,
                string?>($"Transcription:{setting.Split('=')[0]}", setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..])));
        builder.Logging.AddProvider(new NUnitLogs());
        builder.Services.AddSingleton(TimeProvider.System).AddTranscription(builder.Configuration);
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    static async Task<WebApplication> Serve(byte[] content)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/model.bin", () => Results.Bytes(content));
        await app.StartAsync();
        return app;
    }

    static byte[] Jfk(double seconds)
    {
        using var wav = WavFile.Open(Shared("audio/jfk.wav"));
        return [.. wav.Frames().SelectMany(frame => frame[0]).Take((int)(seconds * AudioFrame.SampleRate) * 2)];
    }

    static string Shared(string path)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new IgnoreException($"shared/{path} is not beside the repository.");
    }

    sealed class NUnitLogs : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Lines();

        public void Dispose()
        {
            // Nothing is held.
        }

        sealed class Lines : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                TestContext.Progress.WriteLine(formatter(state, exception));
        }
    }
}

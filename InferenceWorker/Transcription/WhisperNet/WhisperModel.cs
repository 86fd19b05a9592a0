using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Whisper.net;
using Whisper.net.LibraryLoader;

namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>The model, loaded once for the process before it takes calls.</summary>
public sealed partial class WhisperModel(WhisperModelFile file, IOptions<WhisperNetOptions> options, ILogger<WhisperModel> logger)
    : IHostedService, IDisposable
{
    WhisperFactory? factory;

    /// <summary>Makes a builder of processors on the model.</summary>
    /// <exception cref="InvalidOperationException">The model is not loaded.</exception>
    public WhisperProcessorBuilder NewBuilder() =>
        (factory ?? throw new InvalidOperationException("The model is loaded when the host starts.")).CreateBuilder();

    /// <summary>Loads the model, and runs it once: the first run of a GPU takes seconds.</summary>
    /// <exception cref="InvalidOperationException">It is missing or broken; the message says where to get it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var path = await file.Ensure(cancellationToken);
        factory = await Task.Run(() => Load(path), cancellationToken);
        LogLoaded(Path.GetFileName(path), RuntimeOptions.LoadedLibrary?.ToString() ?? "unknown");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => factory?.Dispose();

    [SuppressMessage("Design", "CA1031", Justification = "Whatever the native library does not like of the file, the advice is the same.")]
    WhisperFactory Load(string path)
    {
        if (WhisperModelLayout.Problem(path) is { } problem)
        {
            throw new InvalidOperationException(
                $"Transcription:Model: {path} {problem}. Remove it and get it again. {WhisperModelFile.Source}");
        }

        WhisperFactory? loaded = null;
        try
        {
            loaded = WhisperFactory.FromPath(
                path,
                new WhisperFactoryOptions { UseGpu = options.Value.UseGpu, UseFlashAttention = options.Value.FlashAttention });
            using var processor = loaded.CreateBuilder().Build();
            processor.Process(new float[WhisperNetTranscriber.LeastSamples]);
            return loaded;
        }
        catch (FileNotFoundException error)
        {
            throw new InvalidOperationException(
                "Whisper's native library is not beside this program, or not for this machine: publish for it with -r.", error);
        }
        catch (Exception error)
        {
            loaded?.Dispose();
            throw new InvalidOperationException(
                $"Transcription:Model: {path} is no model that Whisper can load. {WhisperModelFile.Source}", error);
        }
    }

    [LoggerMessage(LogLevel.Information, "Transcribing with {Model} on {Runtime}")]
    partial void LogLoaded(string model, string runtime);
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Whisper.net;

namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>
/// Whisper inside this process, in a bounded number of slots: speech that has ended waits for one, speech that still grows does not.
/// </summary>
public sealed class WhisperNetTranscriber(WhisperModel model, IOptions<WhisperNetOptions> options) : ITranscriber, IDisposable
{
    /// <summary>
    /// What Whisper hears at least, in samples: a second. Shorter stretches are filled up with silence, or it would not hear them at all.
    /// </summary>
    public const int LeastSamples = AudioFrame.SampleRate;

    static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource stop = new();
    readonly SemaphoreSlim slots = new(options.Value.Slots);
    readonly HashSet<string> languages = [.. WhisperFactory.GetSupportedLanguages()];

    public async Task<string> Transcribe(SpeechClip clip, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop.Token);
        if (!await slots.WaitAsync(clip.Final ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, either.Token))
        {
            throw new TranscriptionException(TranscriptionFailure.Busy);
        }

        try
        {
            return await Run(clip, either.Token);
        }
        catch (WhisperProcessingException)
        {
            throw new TranscriptionException(TranscriptionFailure.ServerError);
        }
        finally
        {
            slots.Release();
        }
    }

    /// <summary>Ends what still runs, and waits for it: the model, which is freed next, must outlive it.</summary>
    public void Dispose()
    {
        stop.Cancel();
        for (var i = 0; i < options.Value.Slots; i++)
        {
            slots.Wait(EndsWithin);
        }

        slots.Dispose();
        stop.Dispose();
    }

    async Task<string> Run(SpeechClip clip, CancellationToken cancellation)
    {
        var length = Math.Max(LeastSamples, clip.Pcm.Length / 2);
        var samples = ArrayPool<float>.Shared.Rent(length);
        try
        {
            Fill(samples.AsSpan(0, length), MemoryMarshal.Cast<byte, short>(clip.Pcm.Span));
            var text = new StringBuilder();
            // A cancelled run goes on for a moment in the native library; disposing waits for it, so that its slot and its memory are free
            // only then.
            await using var processor = NewProcessor(clip);
            await foreach (var segment in processor.ProcessAsync(samples.AsMemory(0, length), cancellation))
            {
                text.Append(segment.Text);
            }

            return text.ToString().Trim();
        }
        finally
        {
            ArrayPool<float>.Shared.Return(samples);
        }
    }

    /// <summary>A processor holds only settings, the prompt among them. The model is shared; each run allocates its own memory.</summary>
    WhisperProcessor NewProcessor(SpeechClip clip)
    {
        var builder = model.NewBuilder().WithNoContext().WithThreads(Math.Max(1, Environment.ProcessorCount / options.Value.Slots));
        builder = clip.LanguageCode is { } code && languages.Contains(code) ? builder.WithLanguage(code) : builder.WithLanguageDetection();
        builder = clip.Prompt is null ? builder : builder.WithPrompt(clip.Prompt);
        // A stretch that still grows is asked for again soon: no second try at another temperature.
        return (clip.Final ? builder : builder.WithTemperatureInc(0)).Build();
    }

    static void Fill(Span<float> samples, ReadOnlySpan<short> pcm)
    {
        for (var i = 0; i < pcm.Length; i++)
        {
            samples[i] = pcm[i] / 32768f;
        }

        samples[pcm.Length..].Clear();
    }
}

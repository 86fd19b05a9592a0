using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Options;
using OpenAI.Audio;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Any endpoint that speaks OpenAI's <c>/v1/audio/transcriptions</c>: OpenAI, Azure OpenAI, vLLM, whisper.cpp's server.</summary>
sealed class OpenAITranscriber : ITranscriber, IDisposable
{
    const int HeaderBytes = 44;

    static readonly TimeSpan connectTimeout = TimeSpan.FromSeconds(3);

    readonly ModelTransport transport = new(connectTimeout, traceparent: false);
    readonly AudioClient client;

    public OpenAITranscriber(IOptions<TranscriptionOptions> options)
    {
        var endpoint = ModelEndpoint.BaseAddress(new Uri(options.Value.Endpoint!));
        client = ModelEndpoint.Client(endpoint, options.Value.ApiKey ?? "", transport).GetAudioClient(options.Value.Model);
    }

    public async Task<string> Transcribe(SpeechClip clip, CancellationToken cancellation)
    {
        var file = ArrayPool<byte>.Shared.Rent(HeaderBytes + clip.Pcm.Length);
        WriteHeader(file, clip.Pcm.Length);
        clip.Pcm.Span.CopyTo(file.AsSpan(HeaderBytes));
        var settings = new AudioTranscriptionOptions
        {
            Language = clip.LanguageCode,
            Prompt = clip.Prompt,
            Temperature = 0,
            ResponseFormat = AudioTranscriptionFormat.Simple,
        };
        try
        {
            using var wav = new MemoryStream(file, 0, HeaderBytes + clip.Pcm.Length, writable: false);
            var answer = await client.TranscribeAudioAsync(wav, "speech.wav", settings, cancellation);

            // A request that was broken off may still be read for a moment: its file is left to the collector.
            ArrayPool<byte>.Shared.Return(file);
            return answer.Value.Text ?? "";
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception fault)
        {
            throw Of(ModelException.Of(fault));
        }
    }

    public void Dispose() => transport.Dispose();

    static TranscriptionException Of(ModelException fault) => new(
        fault.Failure switch
        {
            ModelFailure.RateLimited => TranscriptionFailure.Busy,
            ModelFailure.Refused => TranscriptionFailure.Refused,
            ModelFailure.ServerError => TranscriptionFailure.ServerError,
            _ => TranscriptionFailure.Unreachable,
        },
        fault.Status,
        fault.InnerException);

    /// <summary>The header of a WAV file of PCM16 mono (RIFF, Multimedia Programming Interface 1.0).</summary>
    static void WriteHeader(Span<byte> file, int pcmBytes)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], HeaderBytes - 8 + pcmBytes);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], AudioFrame.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], AudioFrame.SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], pcmBytes);
    }
}

using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using OpenAI.Audio;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Any endpoint that speaks OpenAI's <c>/v1/audio/transcriptions</c>: OpenAI, Azure OpenAI, vLLM, whisper.cpp's server.</summary>
sealed class OpenAITranscriber : ITranscriber, IDisposable
{
    static readonly TimeSpan connectTimeout = TimeSpan.FromSeconds(3);

    readonly ModelTransport transport = new(connectTimeout, traceparent: false);
    readonly AudioClient client;
    readonly string model;
    readonly string? key;

    public OpenAITranscriber(IOptions<TranscriptionOptions> options)
    {
        (model, key) = (options.Value.Model!, options.Value.ApiKey);
        var endpoint = ModelEndpoint.BaseAddress(new Uri(options.Value.Endpoint!));
        client = ModelEndpoint.Client(endpoint, key ?? "", transport).GetAudioClient(model);
    }

    public async Task<string> Transcribe(SpeechClip clip, CancellationToken cancellation)
    {
        var file = ArrayPool<byte>.Shared.Rent(WavHeader.Bytes + clip.Pcm.Length);
        WavHeader.Write(file, clip.Pcm.Length);
        clip.Pcm.Span.CopyTo(file.AsSpan(WavHeader.Bytes));
        try
        {
            using var form = Form(clip, new ReadOnlyMemory<byte>(file, 0, WavHeader.Bytes + clip.Pcm.Length));
            await using var body = await form.ReadAsStreamAsync(cancellation);
            using var content = BinaryContent.Create(body);
            var type = form.Headers.ContentType!.ToString();
            var answer = await client.TranscribeAudioAsync(content, type, new RequestOptions { CancellationToken = cancellation });

            // A request that was broken off may still be read for a moment: its file is left to the collector.
            ArrayPool<byte>.Shared.Return(file);
            return Words(answer.GetRawResponse(), clip);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception fault) when (fault is not TranscriptionException)
        {
            throw Of(ModelException.Of(fault), clip);
        }
    }

    string Words(PipelineResponse response, SpeechClip clip)
    {
        var body = response.Content.ToString();
        var type = response.Headers.TryGetValue("Content-Type", out var named) ? named : null;
        var said = ServerError.ReadBody(body, response.Status);
        return TranscriberAnswer.Words(body, type)
            ?? throw Of(new ModelException(ModelFailure.ServerError, response.Status) { ServerSays = said }, clip);
    }

    MultipartFormDataContent Form(SpeechClip clip, ReadOnlyMemory<byte> wav)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent(model), "model" },
            { new StringContent("json"), "response_format" },
            { new StringContent("0"), "temperature" },
        };
        if (clip.LanguageCode is { } language)
        {
            form.Add(new StringContent(language), "language");
        }

        if (clip.Prompt is { } prompt)
        {
            form.Add(new StringContent(prompt), "prompt");
        }

        var file = new ReadOnlyMemoryContent(wav);
        file.Headers.ContentType = new MediaTypeHeaderValue("audio/wav");
        form.Add(file, "file", "speech.wav");
        return form;
    }

    public void Dispose() => transport.Dispose();

    TranscriptionException Of(ModelException fault, SpeechClip clip) => new(
        fault.Failure switch
        {
            ModelFailure.RateLimited => TranscriptionFailure.Busy,
            ModelFailure.Refused => TranscriptionFailure.Refused,
            ModelFailure.ServerError => TranscriptionFailure.ServerError,
            _ => TranscriptionFailure.Unreachable,
        },
        fault.Status,
        fault.InnerException)
    {
        ServerSays = fault.ServerSays is { Message.Length: > 0 } error ? ErrorText.ForLog(error.Message, [clip.Prompt ?? ""], key) : null,
    };
}

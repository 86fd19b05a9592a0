using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OpenAI.Audio;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Any endpoint that speaks OpenAI's <c>/v1/audio/speech</c>: OpenAI, Azure OpenAI, Kokoro, vLLM.</summary>
sealed class OpenAISynthesizer : ISpeechSynthesizer, IDisposable
{
    static readonly TimeSpan connectTimeout = TimeSpan.FromSeconds(2);

    readonly ModelTransport transport = new(connectTimeout, traceparent: false);

    // The voices of personas that the server refuses, and when they were asked for.
    readonly ConcurrentDictionary<string, long> refused = new(StringComparer.Ordinal);
    readonly SynthesisOptions options;
    readonly AudioClient client;
    readonly SynthesisLog log;
    readonly TimeProvider time;

    public OpenAISynthesizer(IOptions<SynthesisOptions> options, SynthesisLog log, TimeProvider time)
    {
        (this.options, this.log, this.time) = (options.Value, log, time);
        var endpoint = ModelEndpoint.BaseAddress(new Uri(this.options.Endpoint!));
        client = ModelEndpoint.Client(endpoint, this.options.ApiKey ?? "", transport).GetAudioClient(this.options.Model);
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(
        string text, string? voice, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = new SpeechStream(
            token => Ask(text, voice, token), fault => Of(fault, text), options.AudioTimeout, time, cancellation);
        while (await stream.Read() is { Length: > 0 } samples)
        {
            yield return samples;
        }
    }

    public void Dispose() => transport.Dispose();

    /// <summary>Asks with the voice, and with that of the settings where the server refuses it.</summary>
    async Task<PipelineResponse> Ask(string text, string? voice, CancellationToken cancellation)
    {
        if (voice is null || (refused.TryGetValue(voice, out var at) && time.GetElapsedTime(at) < SynthesisLog.Again))
        {
            return await AskWith(options.Voice, text, cancellation);
        }

        try
        {
            return await AskWith(voice, text, cancellation);
        }
        catch (ClientResultException fault)
            when (voice != options.Voice && Of(fault, text) is { Failure: SynthesisFailure.Refused } refusal)
        {
            var response = await AskWith(options.Voice, text, cancellation);
            refused[voice] = time.GetTimestamp();
            log.ReportVoice(voice, refusal);
            return response;
        }
    }

    async Task<PipelineResponse> AskWith(string voice, string text, CancellationToken cancellation)
    {
        using var body = BinaryContent.CreateJson(new SpeechBody(options.Model!, text, voice, "pcm"));
        var request = new RequestOptions { BufferResponse = false, CancellationToken = cancellation };
        return (await client.GenerateSpeechAsync(body, request)).GetRawResponse();
    }

    SynthesisException Of(Exception fault, string text)
    {
        if (fault is SynthesisException known)
        {
            return known;
        }

        var error = ModelException.Of(fault);
        var failure = error.Failure switch
        {
            ModelFailure.RateLimited => SynthesisFailure.RateLimited,
            ModelFailure.Refused => SynthesisFailure.Refused,
            ModelFailure.ServerError => SynthesisFailure.ServerError,
            _ => SynthesisFailure.Unreachable,
        };
        var said = error.ServerSays is { Message.Length: > 0 } server ? ErrorText.ForLog(server.Message, [text], options.ApiKey) : null;
        return new SynthesisException(failure, error.Status, error.InnerException) { ServerSays = said };
    }

#pragma warning disable IDE1006 // Named as on the wire.
    sealed record SpeechBody(string model, string input, string voice, string response_format);
#pragma warning restore IDE1006
}

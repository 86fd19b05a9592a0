using System.ClientModel;
using System.ClientModel.Primitives;
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
    readonly SynthesisOptions options;
    readonly AudioClient client;
    readonly TimeProvider time;

    public OpenAISynthesizer(IOptions<SynthesisOptions> options, TimeProvider time)
    {
        (this.options, this.time) = (options.Value, time);
        var endpoint = ModelEndpoint.BaseAddress(new Uri(this.options.Endpoint!));
        client = ModelEndpoint.Client(endpoint, this.options.ApiKey ?? "", transport).GetAudioClient(this.options.Model);
    }

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Speak(string text, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = new SpeechStream(
            token => Ask(text, token), fault => Of(fault, text), options.AudioTimeout, time, cancellation);
        while (await stream.Read() is { Length: > 0 } samples)
        {
            yield return samples;
        }
    }

    public void Dispose() => transport.Dispose();

    async Task<PipelineResponse> Ask(string text, CancellationToken cancellation)
    {
        using var body = BinaryContent.CreateJson(new SpeechBody(options.Model!, text, options.Voice, "pcm"));
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

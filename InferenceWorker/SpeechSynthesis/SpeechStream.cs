using System.ClientModel.Primitives;
using System.Text;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>The sound of one text while it comes. Disposing of it closes the HTTP stream at once.</summary>
/// <param name="ask">Sends the request.</param>
/// <param name="explain">Says what a failure means.</param>
/// <param name="patience">The longest wait for the first bytes, and for more.</param>
/// <param name="caller">Closes the stream.</param>
sealed class SpeechStream(
    Func<CancellationToken, Task<PipelineResponse>> ask, Func<Exception, SynthesisException> explain, TimeSpan patience, TimeProvider time,
    CancellationToken caller) : IAsyncDisposable
{
    /// <summary>No error of a server is longer.</summary>
    const int LongestError = 8192;

    readonly SynthesisTelemetry.RequestRecord record = SynthesisTelemetry.Request();
    readonly CancellationTokenSource late = new(Timeout.InfiniteTimeSpan, time);
    readonly byte[] buffer = new byte[16 * 1024];
    readonly PcmReader pcm = new();
    readonly long asked = time.GetTimestamp();
    CancellationTokenSource? abort;
    PipelineResponse? response;
    bool spoke;

    /// <returns>Whole samples; empty at the end.</returns>
    /// <exception cref="SynthesisException">The server gave no (whole) sound.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> Read()
    {
        abort ??= CancellationTokenSource.CreateLinkedTokenSource(caller, late.Token);
        try
        {
            late.CancelAfter(patience);
            var samples = await ReadOn(abort.Token);
            late.CancelAfter(Timeout.InfiniteTimeSpan);
            return samples;
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception fault)
        {
            var failure = late.IsCancellationRequested ? new SynthesisException(SynthesisFailure.Timeout) : explain(fault);
            record.Failed(failure.Failure);
            throw failure;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (abort is not null)
        {
            await abort.CancelAsync();
            abort.Dispose();
        }

        response?.Dispose();
        late.Dispose();
        record.Dispose();
    }

    async Task<ReadOnlyMemory<byte>> ReadOn(CancellationToken cancellation)
    {
        response ??= await Open(cancellation);
        while (true)
        {
            var length = await response.ContentStream!.ReadAsync(buffer, cancellation);
            if (length == 0)
            {
                record.Answered();
                return spoke ? default : throw new SynthesisException(SynthesisFailure.NoAudio, response.Status);
            }

            if (!spoke && buffer[0] == '{')
            {
                ThrowIfError(Encoding.UTF8.GetString(buffer, 0, length), response.Status);
            }

            if (pcm.Add(buffer.AsSpan(0, length)) is { Length: > 0 } samples)
            {
                if (!spoke)
                {
                    spoke = true;
                    SynthesisTelemetry.First(time.GetElapsedTime(asked));
                }

                return samples;
            }
        }
    }

    /// <summary>Asks. Some servers report an error with status 200, as JSON or as a page.</summary>
    async Task<PipelineResponse> Open(CancellationToken cancellation)
    {
        var answer = await ask(cancellation);
        var type = answer.Headers.TryGetValue("Content-Type", out var named) ? named ?? "" : "";
        if (type.Contains("json", StringComparison.OrdinalIgnoreCase) || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            using (answer)
            {
                var length = await answer.ContentStream!.ReadAtLeastAsync(
                    buffer.AsMemory(0, LongestError), LongestError, throwOnEndOfStream: false, cancellation);
                var body = Encoding.UTF8.GetString(buffer, 0, length);
                ThrowIfError(body, answer.Status);
                throw new SynthesisException(SynthesisFailure.WrongFormat, answer.Status) { ServerSays = $"The answer is {type}" };
            }
        }

        if (type.Contains("mpeg", StringComparison.OrdinalIgnoreCase) || type.Contains("ogg", StringComparison.OrdinalIgnoreCase))
        {
            answer.Dispose();
            throw new SynthesisException(SynthesisFailure.WrongFormat, answer.Status) { ServerSays = $"The answer is {type}" };
        }

        return answer;
    }

    static void ThrowIfError(string body, int status)
    {
        var error = ServerError.ReadBody(body, status: null);
        if (error.Code is not null || error.Message != body)
        {
            throw new ModelException(error.Failure, error.Code ?? status) { ServerSays = error };
        }
    }
}

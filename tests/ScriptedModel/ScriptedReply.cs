using System.Text;

namespace Teleprompter.Tests.ScriptedModel;

/// <summary>Answers one request by the script, each token at its own due time, so that a late one delays none after it.</summary>
sealed class ScriptedReply(HttpContext http, ModelScript script, RequestLog log, ModelRequest request, int seed, bool faulty)
{
    readonly Random jitter = new(seed);
    readonly CancellationToken aborted = http.RequestAborted;
    double dueMs = request.ReceivedMs;

    ModelFault Fault => faulty ? script.Fault : ModelFault.None;

    public async Task Answer(IReadOnlyList<string> tokens, string finish)
    {
        if (Fault == ModelFault.Status)
        {
            await Reject(script.Status);
            return;
        }

        if (Fault == ModelFault.HangBeforeHeaders)
        {
            await Task.Delay(Timeout.Infinite, aborted);
        }

        await (request.Streamed ? Stream(tokens, finish) : Whole(tokens, finish));
    }

    public async Task Reject(int status)
    {
        End(RequestEnd.Rejected);
        http.Response.StatusCode = status;
        if (script.RetryAfter is { } after)
        {
            http.Response.Headers.RetryAfter = after.TotalSeconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(ChatCompletion.Error(status), aborted);
    }

    public async Task Refuse(string parameter)
    {
        End(RequestEnd.Rejected);
        http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(ChatCompletion.Refusal(parameter), aborted);
    }

    async Task Whole(IReadOnlyList<string> tokens, string finish)
    {
        await Due(script.FirstToken);
        foreach (var _ in tokens)
        {
            await Due(script.TokenPace);
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(ChatCompletion.Whole(request, tokens, finish), aborted);
        log.Update(request.Number, r => r with { TokensSent = tokens.Count });
        End(RequestEnd.Completed);
    }

    async Task Stream(IReadOnlyList<string> tokens, string finish)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync(aborted);
        if (Fault == ModelFault.HangAfterHeaders)
        {
            await Task.Delay(Timeout.Infinite, aborted);
        }

        await Due(script.FirstToken);
        if (script.Body is { } body)
        {
            await http.Response.WriteAsync(body, aborted);
            End(RequestEnd.Completed);
            return;
        }

        await Send(ChatCompletion.Chunk(request.Model, "assistant", "", finish: null));
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0)
            {
                await Due(script.TokenPace);
            }

            if (i == script.FaultAfterTokens && await Broken())
            {
                End(RequestEnd.Broken);
                return;
            }

            if (script.EmptyDeltas)
            {
                await Send(ChatCompletion.Chunk(request.Model, role: null, "", finish: null));
            }

            await Send(ChatCompletion.Chunk(request.Model, role: null, tokens[i], finish: null));
            var now = ScriptedModelServer.NowMs;
            log.Update(
                request.Number, r => r with { TokensSent = r.TokensSent + 1, FirstTokenMs = r.FirstTokenMs ?? (now - r.ReceivedMs) });
        }

        await Send(ChatCompletion.Chunk(request.Model, role: null, content: null, finish));
        if (request.WantsUsage)
        {
            await Send(ChatCompletion.Usage(request, tokens.Count));
        }

        await Send("[DONE]");
        End(RequestEnd.Completed);
        await Task.Delay(script.LateEnd);
    }

    /// <summary>Does what the script breaks in mid-stream; true when the reply is over.</summary>
    async Task<bool> Broken()
    {
        switch (Fault)
        {
            case ModelFault.HangMidStream:
                await Task.Delay(Timeout.Infinite, aborted);
                return true;
            case ModelFault.Stall:
                await Due(script.StallFor);
                return false;
            case ModelFault.Truncate:
                return true;
            case ModelFault.Disconnect:
                End(RequestEnd.Broken);
                http.Abort();
                return true;
            case ModelFault.MalformedChunk:
                await Send("{\"choices\":[{\"delta\":{\"content\":");
                return true;
            default:
                return false;
        }
    }

    async Task Send(string data)
    {
        var bytes = Encoding.UTF8.GetBytes($"data: {data}\n\n");
        if (script.SplitWrites)
        {
            var wide = Array.FindIndex(bytes, b => b >= 0xC0);
            var middle = wide >= 0 ? wide + 1 : bytes.Length / 2;
            await http.Response.Body.WriteAsync(bytes.AsMemory(0, middle), aborted);
            await http.Response.Body.FlushAsync(aborted);
            await Task.Delay(1, aborted); // The halves leave in two packets.
            bytes = bytes[middle..];
        }

        await http.Response.Body.WriteAsync(bytes, aborted);
        await http.Response.Body.FlushAsync(aborted);
    }

    async Task Due(TimeSpan after)
    {
        dueMs += after.TotalMilliseconds + (jitter.NextDouble() * script.Jitter.TotalMilliseconds);
        var left = dueMs - ScriptedModelServer.NowMs;
        if (left > 0)
        {
            await Task.Delay((int)Math.Ceiling(left), aborted);
        }
    }

    void End(RequestEnd end)
    {
        var now = ScriptedModelServer.NowMs;
        log.Update(request.Number, r => r with { End = end, EndedMs = now });
    }
}

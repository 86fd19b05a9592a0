using System.Diagnostics;

namespace Teleprompter.Cli.Check;

/// <summary>Asks a gateway's health endpoints.</summary>
static class HealthCheck
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="GatewayUnreachableException">Nobody answers.</exception>
    public static async Task Run(Uri gateway, Action<CheckStep> report, CancellationToken stop)
    {
        var folder = new Uri($"{gateway.GetLeftPart(UriPartial.Path).TrimEnd('/')}/");
        using var client = new HttpClient { BaseAddress = folder, Timeout = Patience };
        report(await Ask(client, "health/live", "Look at the gateway's log, and start it again.", stop));
        report(await Ask(client, "health/ready", "Something it needs is missing: see its log for worker, bus and store.", stop));
    }

    static async Task<CheckStep> Ask(HttpClient client, string path, string advice, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), stop);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            return answer.IsSuccessStatusCode
                ? new CheckStep($"/{path}", Ok: true, elapsed, "")
                : new CheckStep($"/{path}", Ok: false, elapsed, $"It answered {(int)answer.StatusCode}. {advice}");
        }
        catch (HttpRequestException error)
        {
            throw new GatewayUnreachableException(client.BaseAddress!, error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new GatewayUnreachableException(client.BaseAddress!, $"no answer within {Patience.TotalSeconds} s");
        }
    }
}

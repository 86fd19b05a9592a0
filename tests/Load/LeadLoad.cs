using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Team leads watch many live calls, gateway and worker apart: what it costs, how soon a record is on every screen, and how true the
/// percentiles are.
/// </summary>
static class LeadLoad
{
    const int Rounds = 2;

    /// <summary>What the clients say that network and painting took.</summary>
    const double NetworkMs = 4, RenderMs = 9;

    /// <summary>Nobody watches any more, and everybody knows.</summary>
    static readonly TimeSpan Lapse = TimeSpan.FromSeconds(3.5);

    public static async Task<LeadReport> Run(int calls, int viewers, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var servers = await ModelServers.StartApart(LiveLoad.AllAdmitted);
        var completions = new ConcurrentBag<Completion>();
        await using var crowd = new LiveCrowd(servers, call => call.Completed = Note(call, completions));
        await LiveLoad.WarmUp(crowd, Math.Min(calls / 2, 50));
        await crowd.Grow(calls);

        var (alone, watched, delays, percentiles) = (new List<LeadUse>(), new List<LeadUse>(), new List<double?>(), default(JsonElement));
        var (bytes, seconds) = (0L, 0d);
        await Speak();
        for (var round = 0; round < Rounds; round++)
        {
            // A process gets cheaper as its code gets warm: neither of the two is always first.
            if (round % 2 == 0)
            {
                alone.Add(await Speak());
            }

            var screens = await Task.WhenAll(Enumerable.Range(0, viewers).Select(_ => LeadScreen.Open(servers.Gateway.Address)));
            var (began, before) = (Stopwatch.GetTimestamp(), screens.Sum(screen => screen.Bytes));
            watched.Add(await Speak());
            (bytes, seconds) = (
                bytes + screens.Sum(screen => screen.Bytes) - before, seconds + Stopwatch.GetElapsedTime(began).TotalSeconds);
            delays.AddRange(
                from completion in completions
                where completion.At > began
                from screen in screens
                let seenAt = screen.SeenAt(completion.CallId, completion.Place)
                select seenAt is { } at ? Stopwatch.GetElapsedTime(completion.At, at).TotalMilliseconds : (double?)null);
            percentiles = screens[0].Hour;
            foreach (var screen in screens)
            {
                await screen.DisposeAsync();
            }

            await Task.Delay(Lapse);
            if (round % 2 == 1)
            {
                alone.Add(await Speak());
            }
        }

        return new LeadReport(
            calls,
            viewers,
            turnEvery.TotalSeconds,
            LeadUse.Mean(alone),
            LeadUse.Mean(watched),
            LatencyReport.Of(delays),
            bytes / seconds / viewers,
            PercentileCheck.Of(percentiles, [.. completions.Select(completion => completion.FirstWordsMs)]));

        async Task<LeadUse> Speak()
        {
            var (gateway, worker) = (servers.Gateway.Reading, servers.Worker!.Reading);
            await crowd.Speak(turnEvery, duration / Rounds);
            return new LeadUse(servers.Gateway.Reading.Since(gateway).CpuPercent, servers.Worker.Reading.Since(worker).CpuPercent);
        }
    }

    static RawSocket.RecordHandler Note(TimedCall call, ConcurrentBag<Completion> completions)
    {
        var place = 0;
        return (record, readAt) =>
        {
            var reader = new Utf8JsonReader(record);
            using var message = JsonDocument.ParseValue(ref reader);
            var completed = message.RootElement.GetProperty("arguments")[0];
            call.Live.Acknowledge(
                completed.GetProperty("number").GetInt64(), completed.GetProperty("suggestionId").GetString()!, NetworkMs, RenderMs);
            completions.Add(
                new Completion(
                    call.Live.CallId,
                    ++place,
                    readAt,
                    completed.GetProperty("latency").GetProperty("serverMs").GetDouble() + NetworkMs + RenderMs));
        };
    }

    /// <summary>A suggestion is complete.</summary>
    /// <param name="CallId">Whose.</param>
    /// <param name="Place">The so-manieth of its call, from 1.</param>
    /// <param name="At">When its client had it.</param>
    /// <param name="FirstWordsMs">From the end of the customer's speech to its first words painted.</param>
    sealed record Completion(string CallId, int Place, long At, double FirstWordsMs);
}

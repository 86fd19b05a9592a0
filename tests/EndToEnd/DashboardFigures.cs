using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>What the dashboard costs its viewer with five hundred live calls.</summary>
[Explicit("Needs the machine for itself for a minute.")]
public sealed class DashboardFigures
{
    const int Calls = 500;
    const double FramesPerSecond = 50;
    const double MegaBytes = 150;

    static readonly TimeSpan KilledShows = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);

    [Test]
    [CancelAfter(180_000)]
    public async Task With_500_live_calls_the_page_draws_50_frames_a_second_in_150_MB_and_shows_a_killed_worker_within_two_seconds()
    {
        // Who watches has a machine of their own: here the fleet leaves the browser what that would have.
        await using var fleet = await LeadFleet.Start(givesWay: true);
        fleet.Play(Calls, TimeSpan.FromSeconds(6));
        await using var board = await Panel.Open(
            new Uri(fleet.Gateways[0].Address, "/dashboard"), new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        await Assertions.Expect(board.Page.Locator("#calls-title")).ToContainTextAsync($"{Calls} live calls", new() { Timeout = 90_000 });

        var session = await Stage.Browser.NewBrowserCDPSessionAsync();
        var drawn = 0;
        var traced = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Event("Tracing.dataCollected").OnEvent += (_, data) =>
            drawn += data!.Value.GetProperty("value").EnumerateArray().Count(Draws);
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => traced.TrySetResult();
        await session.SendAsync("Tracing.start", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["traceConfig"] = new { includedCategories = (string[])["disabled-by-default-devtools.timeline.frame", "devtools.timeline.frame"] },
        });
        var page = await board.Page.Context.NewCDPSessionAsync(board.Page);
        await page.SendAsync("Performance.enable");
        var busyBefore = await Busy(page);
        var asked = await board.Page.EvaluateAsync<int>(EveryFrame, Measured.TotalMilliseconds);
        var busy = (await Busy(page) - busyBefore) / Measured.TotalSeconds;
        await session.SendAsync("Tracing.end");
        await traced.Task;

        var megaBytes = (await Renderers(session)).Max(PrivateBytes) / 1e6;
        var perSecond = drawn / Measured.TotalSeconds;
        await TestContext.Out.WriteLineAsync(FormattableString.Invariant(
            $"{perSecond:0.0} frames drawn a second ({asked / Measured.TotalSeconds:0.0} asked for), {megaBytes:0} MB of the page's ")
            + FormattableString.Invariant(
                $"process, its main thread busy for {busy:P0}; {await board.Page.Locator("#calls-title").TextContentAsync()}"));
        await board.Screenshot("Dashboard, 500 calls");

        var killedAt = Stopwatch.GetTimestamp();
        await fleet.Workers[0].Kill();
        await Assertions.Expect(board.Page.Locator(".banners li[data-kind=alarm]").First).ToContainTextAsync("A worker stopped answering");
        var seenAfter = Stopwatch.GetElapsedTime(killedAt);
        await TestContext.Out.WriteLineAsync(FormattableString.Invariant($"a killed worker shows after {seenAfter.TotalSeconds:0.00} s"));
        Assert.That(seenAfter, Is.LessThan(KilledShows));
        Assert.That(perSecond, Is.GreaterThan(FramesPerSecond));
        Assert.That(megaBytes, Is.LessThan(MegaBytes));
    }

    /// <summary>A page in which nothing moves draws nothing: a point that moves asks for every frame there can be.</summary>
    const string EveryFrame = """
        (forMs) => new Promise((resolve) => {
          const point = document.body.appendChild(document.createElement("i"));
          point.style = "position: fixed; inset: 0 auto auto 0; width: 1px; height: 1px; background: currentColor";
          let frames = 0;
          const begun = performance.now();
          const frame = (now) => {
            point.style.transform = `translateX(${frames++ % 2}px)`;
            if (now - begun < forMs) requestAnimationFrame(frame);
            else { point.remove(); resolve(frames); }
          };
          requestAnimationFrame(frame);
        })
        """;

    /// <summary>Seconds for which the page's main thread has worked: what it does itself, however busy the machine is.</summary>
    static async Task<double> Busy(ICDPSession page) =>
        (await page.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").ValueEquals("TaskDuration")).GetProperty("value").GetDouble();

    static bool Draws(JsonElement traced) => traced.GetProperty("name").ValueEquals("DrawFrame");

    static async Task<IReadOnlyList<int>> Renderers(ICDPSession session) =>
        [.. (await session.SendAsync("SystemInfo.getProcessInfo"))!.Value.GetProperty("processInfo").EnumerateArray()
            .Where(process => process.GetProperty("type").ValueEquals("renderer")).Select(process => process.GetProperty("id").GetInt32())];

    /// <summary>What only this process holds: what Chromium's own task manager calls its footprint.</summary>
    static long PrivateBytes(int process) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"))
            .Where(
                line => line.StartsWith("Private_", StringComparison.Ordinal) && !line.StartsWith(
                    "Private_Hugetlb", StringComparison.Ordinal))
            .Sum(line => 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));
}

namespace Teleprompter.Tests.Load;

/// <summary>Live calls on one gateway, as many as are asked for, that speak when told to.</summary>
sealed class LiveCrowd : IAsyncDisposable
{
    /// <summary>By then as many answers are under way as later on: the scripted model's take 1.1 s.</summary>
    static readonly TimeSpan RampUp = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest time from a turn to the end of its answer where nothing goes wrong.</summary>
    static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource stop = new();
    readonly ModelServers servers;
    readonly Action<TimedCall>? begun;
    readonly Task pings;
    IReadOnlyList<TimedCall> calls = [];
    int seed;

    /// <param name="servers">Where they call.</param>
    /// <param name="begun">Gets each call when it has begun.</param>
    public LiveCrowd(ModelServers servers, Action<TimedCall>? begun = null)
    {
        (this.servers, this.begun) = (servers, begun);
        pings = KeepAlive.Run(() => calls.Select(call => call.Live), stop.Token);
    }

    public long TokensShown => calls.Sum(call => call.TokensShown);

    public long TokensTakenBack => calls.Sum(call => call.TokensTakenBack);

    /// <summary>Opens calls until there are so many.</summary>
    public async Task Grow(int count)
    {
        while (calls.Count < count)
        {
            var more = await Task.WhenAll(
                Enumerable.Range(0, Math.Min(10, count - calls.Count)).Select(_ => TimedCall.Start(servers.Gateway.Address)));
            more.ToList().ForEach(call => begun?.Invoke(call));
            calls = [.. calls, .. more];
        }
    }

    /// <summary>Lets every customer take a turn in every period, independently, and waits until the last is answered.</summary>
    public async Task<LivePhase> Speak(TimeSpan turnEvery, TimeSpan duration)
    {
        var turns = new Turns();
        var playing = OpenLoop.Play(
            OpenLoop.Independent(calls, turnEvery, duration, ++seed, (call, intendedAt) => call.TakeTurn(turns, intendedAt)));
        await Task.Delay(RampUp);
        var before = RunReading.Of(servers);
        await playing;
        var use = RunReading.Of(servers).Since(before);
        await Task.Delay(AnswerTakes);
        return new LivePhase(calls.Count, turns, use);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pings;
        foreach (var call in calls)
        {
            await call.DisposeAsync();
        }

        stop.Dispose();
    }
}

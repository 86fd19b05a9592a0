using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>Live calls, of which everything is kept, on a gateway with the scripted model behind it.</summary>
sealed class ModelStage : IAsyncDisposable
{
    /// <summary>The longest time from a turn to the end of its answer where nothing goes wrong.</summary>
    static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(2);

    readonly CancellationTokenSource stop = new();
    readonly ModelServers servers;
    readonly Task pings;

    ModelStage(ModelServers servers, IReadOnlyList<RecordedCall> calls)
    {
        (this.servers, Calls) = (servers, calls);
        pings = KeepAlive.Run(() => calls.Select(call => call.Live), stop.Token);
    }

    public Uri ModelAddress => servers.ModelAddress;

    public IReadOnlyList<RecordedCall> Calls { get; }

    /// <summary>Redis between gateway and worker; null where they are one process.</summary>
    public string? Redis => servers.Redis?.Address;

    /// <summary>Processor time of gateway and worker.</summary>
    public TimeSpan Cpu => servers.Gateway.ProcessorTime + (servers.Worker?.ProcessorTime ?? TimeSpan.Zero);

    /// <summary>Starts the servers and the calls.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="settings">The gateway's further settings, as on its command line.</param>
    public static async Task<ModelStage> Start(int calls, params string[] settings) =>
        await Start(await ModelServers.Start(settings), calls);

    /// <summary>Starts the servers, with gateway and worker apart, and the calls.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="settings">The worker's further settings, as on its command line.</param>
    public static async Task<ModelStage> StartApart(int calls, params string[] settings) =>
        await Start(await ModelServers.StartApart(settings), calls);

    /// <summary>Starts the calls; the servers end with them.</summary>
    public static async Task<ModelStage> Start(ModelServers servers, int calls)
    {
        var live = new List<RecordedCall>();
        for (var i = 0; i < calls; i++)
        {
            live.Add(await RecordedCall.Start(servers.Gateway.Address));
        }

        return new ModelStage(servers, live);
    }

    /// <summary>Tells the model how to answer from now on.</summary>
    public Task Script(ModelScript script) => servers.Script(script);

    /// <summary>Lets every customer take a turn in every period, and waits until the last is answered.</summary>
    public async Task Speak(TimeSpan turnEvery, TimeSpan duration)
    {
        await OpenLoop.Play(OpenLoop.Spread(Calls, turnEvery, duration, (call, intendedAt) => call.Say(intendedAt)));
        await Task.Delay(AnswerTakes);
    }

    /// <summary>What a model was asked, by the number of the newest turn each request answers.</summary>
    /// <param name="name">The model; the gateway's for suggestions by default.</param>
    public Task<IReadOnlyDictionary<long, ModelRequest>> Requests(string name = ModelServers.Suggestions) => servers.Requests(name);

    /// <summary>All that the model was asked, in the order received.</summary>
    public Task<IReadOnlyList<ModelRequest>> AllRequests() => servers.AllRequests();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pings;
        foreach (var call in Calls)
        {
            await call.DisposeAsync();
        }

        await servers.DisposeAsync();
        stop.Dispose();
    }
}

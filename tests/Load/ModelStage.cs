using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>Live calls on a gateway, and the scripted model behind it, each server in a process of its own.</summary>
sealed class ModelStage : IAsyncDisposable
{
    const string Suggestions = "suggestions";

    /// <summary>The longest time from a turn to the end of its answer where nothing goes wrong.</summary>
    static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(2);

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    readonly CancellationTokenSource stop = new();
    readonly HttpClient http = new();
    readonly ServerProcess gateway;
    readonly ServerProcess model;
    readonly Task pings;

    ModelStage(ServerProcess gateway, ServerProcess model, Uri modelAddress, IReadOnlyList<RecordedCall> calls)
    {
        (this.gateway, this.model, ModelAddress, Calls) = (gateway, model, modelAddress, calls);
        pings = KeepAlive.Run(() => calls.Select(call => call.Live), stop.Token);
    }

    public Uri ModelAddress { get; }

    public IReadOnlyList<RecordedCall> Calls { get; }

    public TimeSpan GatewayCpu => gateway.ProcessorTime;

    /// <summary>Starts both servers and the calls.</summary>
    /// <param name="calls">How many.</param>
    /// <param name="settings">The gateway's further settings, as on its command line.</param>
    public static async Task<ModelStage> Start(int calls, params string[] settings)
    {
        var model = await ServerProcess.StartModel();
        var address = new Uri($"http://{model.Address.Authority}/");

        // Summaries go by another name, so that they are not taken for suggestions.
        var gateway = await ServerProcess.StartGateway(
            [$"--Model:Endpoint={address}v1", $"--Model:Name={Suggestions}", "--Model:SummaryName=summaries", .. settings]);
        var live = new List<RecordedCall>();
        for (var i = 0; i < calls; i++)
        {
            live.Add(await RecordedCall.Start(gateway.Address));
        }

        return new ModelStage(gateway, model, address, live);
    }

    /// <summary>Tells the model how to answer from now on.</summary>
    public async Task Script(ModelScript script)
    {
        using var reply = await http.PutAsJsonAsync(new Uri(ModelAddress, "script"), script, Json);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>Lets every customer take a turn in every period, and waits until the last is answered.</summary>
    public async Task Speak(TimeSpan turnEvery, TimeSpan duration)
    {
        await OpenLoop.Play(OpenLoop.Spread(Calls, turnEvery, duration, (call, intendedAt) => call.Say(intendedAt)));
        await Task.Delay(AnswerTakes);
    }

    /// <summary>What a model was asked, by the number of the newest turn each request answers.</summary>
    /// <param name="name">The model; the gateway's for suggestions by default.</param>
    public async Task<IReadOnlyDictionary<long, ModelRequest>> Requests(string name = Suggestions)
    {
        var record = await http.GetFromJsonAsync<JsonElement>(new Uri(ModelAddress, "requests"), Json);
        return record.GetProperty("requests").Deserialize<List<ModelRequest>>(Json)!
            .Where(request => request.Model == name && request.Marker is not null)
            .GroupBy(request => request.Marker!.Value)
            .ToDictionary(turn => turn.Key, turn => turn.Last());
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pings;
        foreach (var call in Calls)
        {
            await call.DisposeAsync();
        }

        await gateway.DisposeAsync();
        await model.DisposeAsync();
        http.Dispose();
        stop.Dispose();
    }
}

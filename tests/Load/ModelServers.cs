using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// A gateway and the scripted model behind it, each in a process of its own; where they are wanted apart, a worker and Redis between the
/// two as well.
/// </summary>
sealed class ModelServers : IAsyncDisposable
{
    /// <summary>The model's name for suggestions. Summaries go by another, so that they are not taken for suggestions.</summary>
    public const string Suggestions = "suggestions";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    readonly HttpClient http = new();

    ModelServers(ServerProcess gateway, ServerProcess model, Uri modelAddress) =>
        (Gateway, Model, ModelAddress) = (gateway, model, modelAddress);

    /// <summary>The worker, where it is a process of its own.</summary>
    public ServerProcess? Worker { get; private init; }

    /// <summary>Redis, where it is between gateway and worker.</summary>
    public RedisProcess? Redis { get; private init; }

    public ServerProcess Gateway { get; }

    public ServerProcess Model { get; }

    public Uri ModelAddress { get; }

    /// <summary>Starts both.</summary>
    /// <param name="settings">The gateway's further settings, as on its command line.</param>
    public static async Task<ModelServers> Start(params string[] settings)
    {
        var model = await ServerProcess.StartModel();
        var address = new Uri($"http://{model.Address.Authority}/");
        var gateway = await ServerProcess.StartGateway(
            [$"--Model:Endpoint={address}v1", $"--Model:Name={Suggestions}", "--Model:SummaryName=summaries", .. settings]);
        return new ModelServers(gateway, model, address);
    }

    /// <summary>Starts all of them, with gateway and worker apart.</summary>
    /// <param name="settings">The worker's further settings, as on its command line.</param>
    public static async Task<ModelServers> StartApart(params string[] settings)
    {
        var model = await ServerProcess.StartModel();
        var redis = await RedisProcess.Start();
        var address = new Uri($"http://{model.Address.Authority}/");
        var meet = $"--ConnectionStrings:Redis={redis.Address}";
        var worker = await ServerProcess.StartWorker(
            [meet, $"--Model:Endpoint={address}v1", $"--Model:Name={Suggestions}", "--Model:SummaryName=summaries", .. settings]);
        return new ModelServers(await ServerProcess.StartGateway(meet), model, address) { Worker = worker, Redis = redis };
    }

    /// <summary>Tells the model how to answer from now on.</summary>
    public async Task Script(ModelScript script)
    {
        using var reply = await http.PutAsJsonAsync(new Uri(ModelAddress, "script"), script with { Numbered = true }, Json);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>All that the model was asked, in the order received.</summary>
    public async Task<IReadOnlyList<ModelRequest>> AllRequests()
    {
        var record = await http.GetFromJsonAsync<JsonElement>(new Uri(ModelAddress, "requests"), Json);
        return record.GetProperty("requests").Deserialize<List<ModelRequest>>(Json)!;
    }

    /// <summary>
    /// What a model was asked, by the number of the newest turn each request answers: of several, the last one of which words came. Of two
    /// that are asked side by side, one is closed before.
    /// </summary>
    /// <param name="name">The model; the gateway's for suggestions by default.</param>
    public async Task<IReadOnlyDictionary<long, ModelRequest>> Requests(string name = Suggestions) =>
        (await AllRequests())
            .Where(request => request.Model == name && request.Marker is not null)
            .GroupBy(request => request.Marker!.Value)
            .ToDictionary(
                turn => turn.Key, turn => turn.LastOrDefault(request => request.FirstTokenMs is not null) ?? turn.Last());

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await (Worker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Redis?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Model.DisposeAsync();
        http.Dispose();
    }
}

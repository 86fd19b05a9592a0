using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Hostile clients beside good calls: what the good ones feel, before, meanwhile and afterwards, and what the abuse leaves behind in the
/// gateway.
/// </summary>
static class HostileLoad
{
    const string Address = "--Gateway:ConnectionsPerAddress=100";
    const string Retention = "--Calls:Retention=00:01:00";

    static readonly TimeSpan warmUp = TimeSpan.FromSeconds(20);

    /// <summary>Once, before anything is measured: what the first hostile clients make the gateway compile, pool and reserve stays.</summary>
    static readonly TimeSpan hostileWarmUp = TimeSpan.FromSeconds(60);

    /// <summary>By then nothing of hostile calls is kept: a call outlives its socket by two minutes.</summary>
    static readonly TimeSpan forgotten = TimeSpan.FromSeconds(200);

    public static async Task<HostileReport> Run(int calls, int hostile, TimeSpan duration)
    {
        var servers = await ModelServers.Start(LiveLoad.AllAdmitted, Address, Retention);
        await using var stage = await ModelStage.Start(servers, calls);
        await Speak(stage, warmUp);
        await using (var first = HostileClients.Start(servers.Gateway.Address, hostile))
        {
            await Speak(stage, hostileWarmUp);
            await first.Stop();
        }

        await Task.Delay(forgotten);
        var before = await Speak(stage, duration / 2);
        var baseline = await servers.Gateway.Settled();

        await using var clients = HostileClients.Start(servers.Gateway.Address, hostile);
        var (gateway, attackers, machine) = (servers.Gateway.Reading, clients.Reading, MachineReading.Now());
        var abused = await Speak(stage, duration);
        var use = (servers.Gateway.Reading.Since(gateway), clients.Reading.Since(attackers), MachineReading.Now().Since(machine));
        var peak = servers.Gateway.Memory;
        var attacks = await clients.Stop();

        await Task.Delay(forgotten);
        var after = await Speak(stage, duration / 2);
        var left = await servers.Gateway.Settled();
        return new HostileReport(
            calls,
            hostile,
            duration.TotalSeconds,
            LatencyReport.Of([.. before, .. after]),
            LatencyReport.Of(abused),
            baseline,
            peak,
            left,
            [.. servers.Gateway.Errors],
            attacks,
            use);
    }

    /// <summary>Lets every customer speak for a while.</summary>
    /// <returns>Of each turn, the time to the first words that stayed, in milliseconds; null where none did.</returns>
    static async Task<IReadOnlyCollection<double?>> Speak(ModelStage stage, TimeSpan duration)
    {
        var untilMs = ScriptedModelServer.NowMs + duration.TotalMilliseconds;
        var said = await Task.WhenAll(stage.Calls.Select(async (call, index) =>
        {
            await Task.Delay(FeltCalls.Pause * index / stage.Calls.Count);
            return await FeltCalls.Converse(call, index, untilMs, _ => Task.CompletedTask);
        }));
        await Task.Delay(FeltCalls.Pause);
        return [.. stage.Calls.Zip(said, (call, own) => FeltCalls.Felt(call.Heard(), own)).SelectMany(each => each)];
    }
}

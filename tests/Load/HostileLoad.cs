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

    /// <summary>Before anything is measured: what the first abuse makes the gateway compile and pool stays, and is no leak.</summary>
    static readonly TimeSpan hostileWarmUp = TimeSpan.FromSeconds(60);

    /// <summary>By then nothing of any call is kept: a call outlives its socket by two minutes.</summary>
    static readonly TimeSpan forgotten = TimeSpan.FromSeconds(200);

    /// <summary>
    /// Memory is compared while there are no calls, so that what is kept of good ones does not count, and as long after the abuse: Kestrel
    /// gives unused buffers back a few at a time.
    /// </summary>
    public static async Task<HostileReport> Run(int calls, int hostile, TimeSpan duration)
    {
        await using var servers = await ModelServers.Start(LiveLoad.AllAdmitted, Address, Retention);
        var gateway = servers.Gateway;
        await FeltCalls.Speak(gateway.Address, calls, warmUp);
        await using (var first = HostileClients.Start(gateway.Address, hostile))
        {
            await FeltCalls.Speak(gateway.Address, calls, hostileWarmUp);
            await first.Stop();
        }

        var before = await FeltCalls.Speak(gateway.Address, calls, duration / 2);
        await Task.Delay(forgotten);
        var baseline = await gateway.Settled();

        await using var clients = HostileClients.Start(gateway.Address, hostile);
        var (served, attackers, machine) = (gateway.Reading, clients.Reading, MachineReading.Now());
        var abused = await FeltCalls.Speak(gateway.Address, calls, duration);
        var use = (gateway.Reading.Since(served), clients.Reading.Since(attackers), MachineReading.Now().Since(machine));
        var peak = gateway.Memory;
        var attacks = await clients.Stop();

        var after = await FeltCalls.Speak(gateway.Address, calls, duration / 2);
        await Task.Delay(forgotten);
        var left = await gateway.Settled();
        return new HostileReport(
            calls,
            hostile,
            duration.TotalSeconds,
            LatencyReport.Of([.. before, .. after]),
            LatencyReport.Of(abused),
            baseline,
            peak,
            left,
            [.. gateway.Errors],
            attacks,
            use);
    }
}

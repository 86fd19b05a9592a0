using System.Diagnostics;

namespace Teleprompter.Tests.Load;

/// <summary>Live calls whose customers ask what the playbook answers: how long until the card is on the wire.</summary>
static class CardsLoad
{
    const int Rounds = 4;

    /// <summary>Long enough for the runtime to compile the hot path with full optimisation.</summary>
    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public static async Task<CardsReport> Run(int calls, TimeSpan turnEvery, TimeSpan duration)
    {
        await using var gateway = await ServerProcess.StartGateway();
        await using var floor = await ServerProcess.StartEcho();
        using var stop = new CancellationTokenSource();
        var live = new List<CardCall>();
        var echoes = new List<EchoCall>();
        for (var i = 0; i < calls; i++)
        {
            live.Add(await CardCall.Start(gateway.Address));
            echoes.Add(await EchoCall.Start(floor.Address));
        }

        var pings = KeepAlive.Run(() => live.Select(call => call.Live), stop.Token);
        await OpenLoop.Run(live, new Turns(), turnEvery, WarmUp);
        await OpenLoop.Run(echoes, new Turns(), turnEvery, WarmUp / 2);
        var (cards, bare) = (new Turns(), new Turns());
        var (gatewayCpu, clientCpu) = (TimeSpan.Zero, TimeSpan.Zero);
        var machine = MachineReading.Now();
        for (var round = 0; round < Rounds; round++)
        {
            var (gatewayBefore, clientBefore) = (gateway.ProcessorTime, Own());
            await OpenLoop.Run(live, cards, turnEvery, duration / Rounds);
            gatewayCpu += gateway.ProcessorTime - gatewayBefore;
            clientCpu += Own() - clientBefore;
            await OpenLoop.Run(echoes, bare, turnEvery, duration / Rounds);
        }

        var use = MachineReading.Now().Since(machine);
        await stop.CancelAsync();
        await pings;
        foreach (var connection in live.Concat<ITurnTaker>(echoes))
        {
            await connection.DisposeAsync();
        }

        return new CardsReport(
            calls,
            turnEvery.TotalSeconds,
            duration.TotalSeconds,
            Rounds,
            LatencyReport.Of(cards),
            LatencyReport.Of(bare),
            gatewayCpu.TotalMilliseconds / cards.Sent,
            clientCpu.TotalMilliseconds / cards.Sent,
            use);
    }

    static TimeSpan Own() => Process.GetCurrentProcess().TotalProcessorTime;
}

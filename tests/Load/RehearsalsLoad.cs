namespace Teleprompter.Tests.Load;

/// <summary>Rehearsals beside live calls: what those feel with them and without, and how soon the buyers answer.</summary>
static class RehearsalsLoad
{
    const int Rounds = 2;

    static readonly TimeSpan warmUp = TimeSpan.FromSeconds(20);

    public static async Task<RehearsalsReport> Run(int calls, int rehearsals, TimeSpan duration)
    {
        await using var servers = await ModelServers.Start(LiveLoad.AllAdmitted, $"--Rehearsals:AtMost={rehearsals}");
        var gateway = servers.Gateway.Address;
        await Beside(gateway, calls, rehearsals, warmUp);
        var (quiet, beside, answers, cutOffs) = (new List<double?>(), new List<double?>(), new List<double?>(), 0);
        var machine = MachineReading.Now();
        for (var round = 0; round < Rounds; round++)
        {
            quiet.AddRange(await FeltCalls.Speak(gateway, calls, duration / Rounds));
            var (felt, rehearsed) = await Beside(gateway, calls, rehearsals, duration / Rounds);
            beside.AddRange(felt);
            answers.AddRange(rehearsed.SelectMany(one => one.AnswersMs));
            cutOffs += rehearsed.Sum(one => one.CutOffs);
        }

        return new RehearsalsReport(
            calls,
            rehearsals,
            duration.TotalSeconds,
            LatencyReport.Of(quiet),
            LatencyReport.Of(beside),
            LatencyReport.Of(answers),
            cutOffs,
            MachineReading.Now().Since(machine));
    }

    static async Task<(IReadOnlyCollection<double?> Felt, Rehearsed[] Rehearsals)> Beside(
        Uri gateway, int calls, int rehearsals, TimeSpan duration)
    {
        using var stop = new CancellationTokenSource();
        var rehearsing = Task.WhenAll(Enumerable.Range(0, rehearsals).Select(number => Rehearsed.Run(gateway, number, stop.Token)));
        var felt = await FeltCalls.Speak(gateway, calls, duration);
        await stop.CancelAsync();
        return (felt, await rehearsing);
    }
}

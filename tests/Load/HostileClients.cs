using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Teleprompter.Tests.Load;

/// <summary>The hostile clients, in a process of their own at a lower priority: attackers would bring machines of their own.</summary>
sealed class HostileClients : IAsyncDisposable
{
    /// <summary>The first argument of the process.</summary>
    public const string Command = "hostile-clients";

    static readonly TimeSpan comeBackAfter = TimeSpan.FromMilliseconds(10);

    readonly Process process;

    HostileClients(Process process) => this.process = process;

    public static HostileClients Start(Uri gateway, int count) => new(Process.Start(new ProcessStartInfo(
        "nice",
        [
            "-n", "5", "dotnet", typeof(HostileClients).Assembly.Location, Command, gateway.ToString(),
            count.ToString(CultureInfo.InvariantCulture),
        ])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        UseShellExecute = false,
    })!);

    /// <summary>Processor time until now.</summary>
    public ProcessReading Reading => ProcessReading.Of(process);

    /// <summary>Stops them.</summary>
    /// <returns>What each kind did, as lines.</returns>
    public async Task<string> Stop()
    {
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.TrimEnd();
    }

    public ValueTask DisposeAsync()
    {
        process.Kill();
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What the process does: attacks until its standard input ends.</summary>
    public static async Task Run(string gateway, string count)
    {
        using var stop = new CancellationTokenSource();
        var address = new Uri(gateway);
        var clients = Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture))
            .Select(client => Attack(Attacks.All[client % Attacks.All.Count].Run, address, stop.Token)).ToList();
        await Console.In.ReadToEndAsync();
        await stop.CancelAsync();
        var sessions = await Task.WhenAll(clients);
        for (var attack = 0; attack < Attacks.All.Count; attack++)
        {
            var (opened, ended) = sessions.Where((_, client) => client % Attacks.All.Count == attack)
                .Aggregate((0, 0), (sum, one) => (sum.Item1 + one.Sessions, sum.Item2 + one.Ended));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Attacks.All[attack].Name,-55}{opened,8}{ended,8}"));
        }
    }

    /// <returns>How often it connected, and how often the gateway refused or ended that.</returns>
    static async Task<(int Sessions, int Ended)> Attack(Func<Uri, CancellationToken, Task> attack, Uri gateway, CancellationToken stop)
    {
        var (sessions, ended) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            sessions++;
            try
            {
                await attack(gateway, stop);
                ended++;
                await Task.Delay(comeBackAfter, stop);
            }
            catch (Exception error) when (error is SocketException or IOException)
            {
                ended++;
                await Task.Delay(comeBackAfter, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                // The session's time is over, or the run's.
            }
        }

        return (sessions, ended);
    }
}

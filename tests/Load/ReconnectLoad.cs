using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Load;

/// <summary>
/// All clients of a gateway that went away come back at once, where people sign in: each asks for a ticket with its access token, connects
/// with it, and starts its call.
/// </summary>
static class ReconnectLoad
{
    const int WarmUp = 20;

    public static async Task<ReconnectReport> Run(int connections)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        // One user and one address stand for all: neither limit is what is measured.
        await using var gateway = await ServerProcess.StartGateway(
            [.. provider.Settings, "--Gateway:ConnectionsPerAddress=10000", "--Gateway:CallsPerUser=1000"]);
        using var http = new HttpClient { BaseAddress = new UriBuilder(gateway.Address) { Scheme = "http" }.Uri, Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await provider.AccessToken("bob"));
        await Task.WhenAll(Enumerable.Range(0, WarmUp).Select(_ => Connect(http, gateway.Address)));

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await provider.AccessToken("ann"));
        var machine = MachineReading.Now();
        var began = Stopwatch.GetTimestamp();
        var each = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connect(http, gateway.Address)));
        var all = Stopwatch.GetElapsedTime(began);
        return new ReconnectReport(
            connections,
            all.TotalSeconds,
            each.Max(one => one.Ticket.TotalSeconds),
            each.Max(one => one.Open.TotalSeconds),
            MachineReading.Now().Since(machine));
    }

    /// <returns>How long the ticket took, and all of it until the call was open.</returns>
    static async Task<(TimeSpan Ticket, TimeSpan Open)> Connect(HttpClient http, Uri gateway)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsync(new Uri("sign-in/ticket", UriKind.Relative), content: null);
        answer.EnsureSuccessStatusCode();
        var ticket = (await answer.Content.ReadFromJsonAsync(ContractsJson.Default.SocketTicket))!.Ticket;
        var ticketTook = Stopwatch.GetElapsedTime(began);
        await using var call = await LiveCall.Start(gateway, static (_, _) => { }, ticket);
        return (ticketTook, Stopwatch.GetElapsedTime(began));
    }
}

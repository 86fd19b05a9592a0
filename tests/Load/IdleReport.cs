using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What a run of <c>idle</c> found. Memory is resident, in bytes a connection: the slope between half of the connections and all of them.
/// </summary>
sealed record IdleReport(int Connections, double CallBytes, double SocketBytes, double GatewayCpuPercent, MachineUse Machine)
{
    /// <summary>What a call holds beyond a bare WebSocket.</summary>
    public double AddedBytes => CallBytes - SocketBytes;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        idle: {Connections} calls in which nobody speaks, beside as many bare WebSockets on Kestrel

        memory a call              {CallBytes / 1000,8:F1} kB
        memory a bare WebSocket    {SocketBytes / 1000,8:F1} kB
        added                      {AddedBytes / 1000,8:F1} kB
        gateway CPU, all calls     {GatewayCpuPercent,8:F1} % of one core (keep-alives both ways every second)
        machine: {Machine}
        """);
}

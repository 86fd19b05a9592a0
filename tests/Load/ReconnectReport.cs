using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>reconnect</c> found, in seconds.</summary>
sealed record ReconnectReport(int Connections, double AllS, double SlowestTicketS, double SlowestS, MachineUse Machine)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        reconnect: {Connections} signed-in clients come back at once, each with a ticket of its own

        all calls open after       {AllS,8:F2} s
        slowest ticket             {SlowestTicketS,8:F2} s
        slowest client             {SlowestS,8:F2} s
        machine: {Machine}
        """);
}

namespace Teleprompter.Contracts.Dashboard;

/// <summary>A gateway.</summary>
/// <param name="GatewayId">Its id, new with every start.</param>
/// <param name="Version">The build it runs.</param>
/// <param name="HeardAtMs">When this gateway last heard of it, in milliseconds since 1970.</param>
/// <param name="Gone">Its heartbeat is overdue.</param>
/// <param name="Draining">It sends its clients to others.</param>
/// <param name="Calls">Calls whose sockets it holds.</param>
/// <param name="Viewers">Team leads who watch by it.</param>
/// <param name="Workers">Workers that it hears.</param>
/// <param name="Refused">Messages of clients that it refused since it started.</param>
public sealed record GatewayView(
    string GatewayId,
    string Version,
    long HeardAtMs,
    bool Gone,
    bool Draining,
    int Calls,
    int Viewers,
    int Workers,
    long Refused);

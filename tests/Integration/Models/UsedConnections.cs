using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>How many connections HttpClient uses now. Counts only connections that are opened after this is made.</summary>
sealed class UsedConnections : IDisposable
{
    readonly MeterListener listener = new();
    readonly ConcurrentDictionary<int, long> used = new();

    public UsedConnections()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.open_connections" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, change, tags, _) => Add(change, tags));
        listener.Start();
    }

    public long To(int port) => used.GetValueOrDefault(port);

    public void Dispose() => listener.Dispose();

    void Add(long change, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (port, active) = (0, false);
        foreach (var (name, value) in tags)
        {
            port = name == "server.port" && value is int to ? to : port;
            active |= name == "http.connection.state" && value is "active";
        }

        if (active)
        {
            used.AddOrUpdate(port, change, (_, count) => count + change);
        }
    }
}

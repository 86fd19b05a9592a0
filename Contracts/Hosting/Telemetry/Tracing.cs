using System.Diagnostics;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>
/// The spans of a suggestion's way: one trace from the client's last word to the words on its screen, over gateway, bus, worker and model.
/// Nothing is started, and nothing allocated, where nobody listens. No span has words, ids of calls or names.
/// </summary>
public static class Tracing
{
    /// <summary>The name that a tracer listens to.</summary>
    public const string SourceName = "Teleprompter";

    const string HubInvocations = "Microsoft.AspNetCore.SignalR.Server";

    /// <summary>Where all our spans come from.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Our place in a trace here; nothing for none.</summary>
    public static ActivityContext Place => Activity.Current is { } current && current.Source == Source ? current.Context : default;

    /// <summary>
    /// Our place in a trace here, as W3C Trace Context writes it: sampled or not, so that whoever is told leaves out what we leave out;
    /// null for none.
    /// </summary>
    public static string? Here => Activity.Current is { } current && current.Source == Source ? current.Id : null;

    /// <summary>A client's message that may lead to a suggestion; begins the trace, or goes on with the client's.</summary>
    /// <param name="traceparent">
    /// The client's place in a trace, as W3C Trace Context writes it; anything else is no place. Whether it is sampled is decided here.
    /// </param>
    /// <returns>The span; null where nobody listens.</returns>
    public static Activity? Receive(string method, string? traceparent)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        if (Activity.Current?.Source.Name != HubInvocations)
        {
            // The connection's own request, as old as the call.
            Activity.Current = null;
        }

        var client = ContextOf(traceparent);
        var parent = client == default
            ? default
            : new ActivityContext(client.TraceId, client.SpanId, ActivityTraceFlags.None, isRemote: true);
        return Source.StartActivity($"CallHub/{method}", ActivityKind.Server, parent)?
            .SetTag("rpc.system", "signalr").SetTag("rpc.service", "CallHub").SetTag("rpc.method", method);
    }

    /// <summary>Sends a message of the trace that is under way here.</summary>
    /// <param name="destination">The kind of channel, see <see cref="BusChannel{T}.Kind"/>.</param>
    /// <returns>The span, <see cref="Here"/> until it is disposed of; null where no trace is under way, or it is left out.</returns>
    public static Activity? Send(IMessageBus bus, string destination) =>
        Here is null ? null : Messaging(ActivityKind.Producer, "send", bus, destination, Activity.Current!.Context);

    /// <summary>Handles a message that belongs to a trace.</summary>
    /// <param name="destination">The kind of channel, see <see cref="BusChannel{T}.Kind"/>.</param>
    /// <param name="sender">Its sender's span; nothing for a message of no trace.</param>
    /// <returns>The span; null for a message of no trace, or where nobody listens.</returns>
    public static Activity? Process(IMessageBus bus, string destination, ActivityContext sender) =>
        sender == default ? null : Messaging(ActivityKind.Consumer, "process", bus, destination, sender);

    /// <summary>Reads a place in a trace.</summary>
    /// <param name="traceparent">As W3C Trace Context writes it; null, or anything else, for none.</param>
    /// <returns>The place; nothing for none.</returns>
    public static ActivityContext ContextOf(string? traceparent) =>
        traceparent is not null && ActivityContext.TryParse(traceparent, traceState: null, isRemote: true, out var context)
            ? context
            : default;

    static Activity? Messaging(ActivityKind kind, string operation, IMessageBus bus, string destination, ActivityContext parent) =>
        !Source.HasListeners()
        ? null
        : Source.StartActivity($"{operation} {destination}", kind, parent)?
            .SetTag("messaging.system", bus.SystemName).SetTag("messaging.operation.name", operation)
                .SetTag("messaging.operation.type", operation)
            .SetTag("messaging.destination.template", destination);
}

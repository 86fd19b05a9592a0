using System.ClientModel.Primitives;
using System.Diagnostics;
using System.Net;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// HTTP that really stops when it is cancelled. By default .NET drains a cancelled HTTP/1.1 response to keep its connection: the model
/// would go on generating to the end and never see an abort.
/// </summary>
/// <param name="connectTimeout">How long a connection may take to open.</param>
/// <param name="traceparent">Whether requests say where in their trace they belong.</param>
sealed class ModelTransport(TimeSpan connectTimeout, bool traceparent)
    : HttpClientPipelineTransport(new HttpClient(Handler(connectTimeout, traceparent)))
{
    protected override void OnSendingRequest(PipelineMessage message, HttpRequestMessage httpRequest)
    {
        base.OnSendingRequest(message, httpRequest);

        // Over HTTP/2, where the server has it, a cancelled stream costs no connection, and the next request finds it warm.
        httpRequest.Version = HttpVersion.Version20;
        httpRequest.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    static SocketsHttpHandler Handler(TimeSpan connectTimeout, bool traceparent) => new()
    {
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ConnectTimeout = connectTimeout,
        ActivityHeadersPropagator = traceparent ? new TraceparentAlone() : null,
        EnableMultipleHttp2Connections = true,

        // The default minute is shorter than a monologue.
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Neither baggage nor another vendor's state leaves.</summary>
    sealed class TraceparentAlone : DistributedContextPropagator
    {
        public override IReadOnlyCollection<string> Fields { get; } = ["traceparent"];

        public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
        {
            if (activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
            {
                setter?.Invoke(carrier, "traceparent", id);
            }
        }

        public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId,
            out string? traceState) =>
            (traceId, traceState) = (null, null);

        public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
            null;
    }
}

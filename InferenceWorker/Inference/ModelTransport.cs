using System.ClientModel.Primitives;
using System.Net;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>
/// HTTP that really stops when it is cancelled. By default .NET drains a cancelled HTTP/1.1 response to keep its connection: the model would go on
/// generating to the end and never see an abort.
/// </summary>
sealed class ModelTransport(TimeSpan connectTimeout) : HttpClientPipelineTransport(new HttpClient(Handler(connectTimeout)))
{
    /// <inheritdoc/>
    protected override void OnSendingRequest(PipelineMessage message, HttpRequestMessage httpRequest)
    {
        base.OnSendingRequest(message, httpRequest);

        // Over HTTP/2, where the server has it, a cancelled stream costs no connection, and the next request finds it warm.
        httpRequest.Version = HttpVersion.Version20;
        httpRequest.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
        ConnectTimeout = connectTimeout,
        EnableMultipleHttp2Connections = true,

        // The default minute is shorter than a monologue.
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10),
        KeepAlivePingDelay = TimeSpan.FromSeconds(30),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(5),
    };
}

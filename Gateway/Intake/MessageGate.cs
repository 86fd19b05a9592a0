using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Intake;

/// <summary>Filters every hub method: limits the rate, and turns failures into a sentence for the client that discloses nothing.</summary>
public sealed partial class MessageGate(IOptions<RateLimitOptions> options, TimeProvider time, ILogger<MessageGate> logger) : IHubFilter
{
    readonly long origin = time.GetTimestamp();

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!BucketOf(invocationContext.Context).TrySpend(time.GetElapsedTime(origin)))
        {
            GatewayTelemetry.Refuse("tooMany");
            foreach (var frames in invocationContext.HubMethodArguments.OfType<IAsyncEnumerable<AudioFrame>>())
            {
                _ = AudioIntake.Discard(frames, invocationContext.Context.ConnectionAborted);
            }

            var rate = options.Value.MessagesPerSecond;
            throw Retry($"Too many messages: {rate} a second are taken in the long run. Send interims less often.");
        }

        try
        {
            return await next(invocationContext);
        }
        catch (CallStoreUnavailableException error)
        {
            GatewayTelemetry.Refuse("storeUnavailable");
            throw Retry("Storage is not reachable, so this was not kept. Keep it, and send it again.", error);
        }
        catch (Exception error) when (error is not (HubException or OperationCanceledException))
        {
            GatewayTelemetry.Refuse("failed");
            LogFailed(invocationContext.HubMethodName, error.GetType().Name);
            throw Retry("That failed on our side and changed nothing. Try again.", error);
        }
    }

    static HubException Retry(string message, Exception? error = null) => new(new Refusal(message, MayRetry: true).ToString(), error);

    TokenBucket BucketOf(HubCallerContext connection)
    {
        if (connection.Items[typeof(TokenBucket)] is not TokenBucket bucket)
        {
            connection.Items[typeof(TokenBucket)] = bucket = new TokenBucket(options.Value.MessageBurst, options.Value.MessagesPerSecond);
        }

        return bucket;
    }

    [LoggerMessage(LogLevel.Error, "{Method} failed with {Error}")]
    partial void LogFailed(string method, string error);
}

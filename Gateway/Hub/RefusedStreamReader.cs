using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Hub;

/// <summary>
/// Reads on, into nothing, what a client still streams to a method that refused it. SignalR lets the connection wait for room in the stream, and closes it when the
/// method ends meanwhile; so a refusal would cost more than its stream.
/// </summary>
sealed class RefusedStreamReader : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch
        {
            foreach (var voices in invocationContext.HubMethodArguments.OfType<IAsyncEnumerable<AudioFrame>>())
            {
                _ = Drain(voices, invocationContext.Context.ConnectionAborted);
            }

            throw;
        }
    }

    static async Task Drain(IAsyncEnumerable<AudioFrame> voices, CancellationToken gone)
    {
        try
        {
            await foreach (var _ in voices.WithCancellation(gone))
            {
                // Into nothing.
            }
        }
        catch (Exception error) when (error is OperationCanceledException or HubException)
        {
            // The stream ended with its connection, or with a frame that could not be read.
        }
    }
}

using Teleprompter.ClientSdk;

namespace Teleprompter.Cli;

/// <summary>Opens a call, and gives up after ten seconds, where a client of its own would go on trying.</summary>
static class GatewayCall
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="trouble">Receives what goes wrong once the call is open.</param>
    /// <param name="listen">Subscribes before the first event can arrive.</param>
    /// <exception cref="GatewayUnreachableException">The gateway does not answer.</exception>
    public static async Task<CallClient> Open(
        CallClientOptions options, Action<string> trouble, Action<CallClient> listen, CancellationToken stop)
    {
        string? why = null;
        var opened = false;
        var refused = new CancellationTokenSource();
        var client = new CallClient(options with
        {
            Consent = await SimulatedConsent.For(options, stop),
            Trouble = message =>
            {
                why = message;
                if (Volatile.Read(ref opened))
                {
                    trouble(message);
                }
                else
                {
                    refused.CancelAfter(TimeSpan.FromSeconds(1.5));
                }
            },
        });
        listen(client);
        refused.CancelAfter(Patience);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(refused.Token, stop);
        try
        {
            await client.ConnectAsync(either.Token);
            Volatile.Write(ref opened, value: true);
            return client;
        }
        catch (OperationCanceledException)
        {
            await client.DisposeAsync();
            stop.ThrowIfCancellationRequested();
            throw new GatewayUnreachableException(options.Gateway, why);
        }
    }
}

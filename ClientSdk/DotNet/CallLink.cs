using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>Keeps one connection to the hub: connects, starts the call, and does so again for ever until it is stopped.</summary>
sealed class CallLink(CallClientOptions options, ICallLinkOwner owner)
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);
    static readonly TimeSpan SilenceAtMost = TimeSpan.FromSeconds(4);

    /// <summary>How long one attempt to connect and start may take.</summary>
    static readonly TimeSpan AttemptAtMost = TimeSpan.FromSeconds(8);

    /// <summary>How long the gateway may take to answer a close before the socket is cut.</summary>
    static readonly TimeSpan CloseAtMost = TimeSpan.FromSeconds(1);

    readonly SocketTickets? tickets = options.AccessToken is { } accessToken ? new SocketTickets(options, accessToken) : null;
    volatile HubConnection? current;

    public bool IsOpen => current is not null;

    /// <summary>Connects again and again.</summary>
    /// <param name="stop">Ends it, closing the connection.</param>
    public async Task Run(CancellationToken stop)
    {
        for (var attempt = 0; !stop.IsCancellationRequested; attempt++)
        {
            if (await Hold(stop))
            {
                attempt = 0;
            }

            owner.Lost();
            await RetryDelay.Wait(attempt, options, stop);
        }
    }

    /// <summary>Calls a method of the hub and waits for its answer.</summary>
    /// <exception cref="CallRefusedException">The gateway refused.</exception>
    /// <exception cref="CallDisconnectedException">There is no connection, or it was lost.</exception>
    public async Task Invoke(string method, params object?[] arguments)
    {
        var hub = current ?? throw new CallDisconnectedException("The gateway is not connected; the client keeps trying.");
        try
        {
            await hub.InvokeCoreAsync(method, arguments);
        }
        catch (HubException error) when (!error.Message.StartsWith("The server closed", StringComparison.Ordinal))
        {
            throw CallRefusedException.From(error);
        }
        catch (Exception error)
        {
            throw new CallDisconnectedException("The connection was lost before the gateway could answer.", error);
        }
    }

    /// <summary>Watches what the client asks by itself, and tells of a refusal. What a lost connection cost is asked again later.</summary>
    public void Observe(Task asked) => _ = WaitFor(asked);

    async Task WaitFor(Task asked)
    {
        try
        {
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
            await asked;
#pragma warning restore VSTHRD003
        }
        catch (CallDisconnectedException)
        {
            // Asked again once the connection is back.
        }
        catch (CallRefusedException error)
        {
            options.Trouble?.Invoke(error.Message);
        }
    }

    /// <summary>One connection, from its start to its end.</summary>
    /// <returns>Whether it got into the call.</returns>
    async Task<bool> Hold(CancellationToken stop)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var signIn = tickets is null ? null : new SignInRenewal(tickets, options);
        await using var hub = NewConnection(signIn);
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        // Events may overtake the reply to StartCall, which says where their numbers begin. SignalR calls this one event after the other.
        using var receiving = hub.On<CallEvent>(nameof(ICallClient.Receive), async callEvent =>
        {
#pragma warning disable VSTHRD003 // Runs on the thread pool and waits for nobody here.
            await opened.Task;
#pragma warning restore VSTHRD003
            owner.Received(callEvent);
        });
        using var speaking = hub.On<SpeechFrame>(nameof(ICallClient.ReceiveSpeech), frame => options.Speech?.Invoke(frame));
        try
        {
            using var patience = new CancellationTokenSource(AttemptAtMost, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
            await hub.StartAsync(either.Token);
            var reply = await hub.InvokeAsync<StartCallReply>(nameof(ICallHub.StartCall), owner.Request(), either.Token);
            current = hub;
            owner.Opened(reply);
            opened.SetResult();
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _ = signIn?.Run(hub, over.Token);
            try
            {
                await closed.Task.WaitAsync(stop);
            }
            finally
            {
                await over.CancelAsync();
            }
        }
#pragma warning disable CA1031 // Whatever the reason, the client tries again.
        catch (Exception error) when (!stop.IsCancellationRequested)
#pragma warning restore CA1031
        {
            options.Trouble?.Invoke(error is HubException refused ? CallRefusedException.From(refused).Message : error.Message);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
        finally
        {
            current = null;
            opened.TrySetCanceled(CancellationToken.None);
        }

        return opened.Task.IsCompletedSuccessfully;
    }

    HubConnection NewConnection(SignInRenewal? signIn)
    {
        var builder = new HubConnectionBuilder().WithUrl(options.At("hubs/call"), HttpTransportType.WebSockets, http =>
        {
            (http.SkipNegotiation, http.CloseTimeout) = (true, CloseAtMost);
            http.AccessTokenProvider = signIn is null ? null : async () => await signIn.NewTicket(CancellationToken.None);
            foreach (var (name, value) in options.Headers ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                http.Headers[name] = value;
            }
        });
        builder.AddJsonProtocol(json => json.PayloadSerializerOptions = new(ContractsJson.Default.Options));
        return builder.WithKeepAliveInterval(KeepAlive).WithServerTimeout(SilenceAtMost).Build();
    }
}

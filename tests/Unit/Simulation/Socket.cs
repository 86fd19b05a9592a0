using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Hub;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>
/// One connection of a client to a gateway, both ends of it. Invocations are served one after the other, as SignalR does.
/// </summary>
sealed class Socket : HubCallerContext, ICallClient, IDisposable
{
    readonly World world;
    readonly CancellationTokenSource aborted = new();
    readonly Queue<TaskCompletionSource> unread = new();
    Task served = Task.CompletedTask;
    long up;
    long down;
    bool closedAtGateway;

    public Socket(World world, SimulatedGateway gateway, SimulatedClient client, string connectionId)
    {
        (this.world, Gateway, Client, ConnectionId) = (world, gateway, client, connectionId);
        gateway.Accept(this);
    }

    public SimulatedGateway Gateway { get; }

    public SimulatedClient Client { get; }

    /// <summary>The client's end is closed, or about to notice.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The client does not read for now.</summary>
    public bool Stalled { get; private set; }

    public override string ConnectionId { get; }

    public override string? UserIdentifier => null;

    public override ClaimsPrincipal? User => null;

    public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

    public override IFeatureCollection Features => throw new NotSupportedException();

    public override CancellationToken ConnectionAborted => aborted.Token;

    public override void Abort() => Cut();

    /// <summary>The client's end goes at once or soon, the gateway's when it notices: after its own timeout at the latest.</summary>
    public void Cut()
    {
        if (IsCut)
        {
            return;
        }

        IsCut = true;
        world.After(world.Between(0, 100), () => Client.Closed(this));
        world.After(world.Chance(0.7) ? world.Between(0, 50) : world.Between(1000, 4000), () => Gateway.Process.Run(CloseAtGateway));
    }

    public void Stall(TimeSpan time)
    {
        Stalled = true;
        world.After(time, () =>
        {
            Stalled = false;
            while (unread.TryDequeue(out var waiting))
            {
                Gateway.Process.Run(() => waiting.TrySetResult());
            }
        });
    }

    public void Dispose() => aborted.Dispose();

    /// <summary>Invokes a hub method; the answer comes back to the client, or never.</summary>
    public void Invoke<T>(Func<CallHub, Task<T>> method, Action<T> done, Action<string> failed)
    {
        up = Math.Max(up, world.Now + Delay());
        world.At(up, () => Gateway.Process.Run(() => served = Serve(served, method, done, failed)));
    }

    public Task ReceiveSpeech(SpeechFrame frame) => Task.CompletedTask;

    public Task Receive(CallEvent callEvent)
    {
        if (closedAtGateway || IsCut)
        {
            return Task.CompletedTask;
        }

        Send(() => Client.Receive(this, callEvent));
        if (!Stalled)
        {
            return Task.CompletedTask;
        }

        var waiting = new TaskCompletionSource();
        unread.Enqueue(waiting);
        return waiting.Task;
    }

    async Task Serve<T>(Task before, Func<CallHub, Task<T>> method, Action<T> done, Action<string> failed)
    {
        await before;
        if (closedAtGateway)
        {
            return;
        }

        try
        {
            using var hub = Gateway.NewHub(this);
            var result = await method(hub);
            Send(() => done(result));
        }
        catch (HubException error)
        {
            Send(() => failed(error.Message));
        }
        catch (Exception error) when (error is CallStoreUnavailableException or OperationCanceledException)
        {
            Send(() => failed(new Refusal(error.Message, MayRetry: true).ToString()));
        }
#pragma warning disable CA1031 // The message gate would call it "failed on our side": a defect.
        catch (Exception error)
#pragma warning restore CA1031
        {
            world.Break($"{Gateway.Process.Name}: an invocation failed: {error}");
        }
    }

    void CloseAtGateway()
    {
        if (closedAtGateway)
        {
            return;
        }

        closedAtGateway = true;
        aborted.Cancel();
        while (unread.TryDequeue(out var waiting))
        {
            waiting.TrySetResult();
        }

        served = Leave(served);
    }

    async Task Leave(Task before)
    {
        await before;
        try
        {
            using var hub = Gateway.NewHub(this);
            await hub.OnDisconnectedAsync(null);
        }
        catch (HubException)
        {
            // SignalR logs it, and goes on.
        }

        Gateway.Forget(this);
    }

    void Send(Action arrive)
    {
        down = Math.Max(down, world.Now + Delay());
        world.At(down, () =>
        {
            if (!IsCut)
            {
                arrive();
            }
        });
    }

    long Delay() => world.Random.Next(8_0000);
}

using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Audit;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Consents;
using Teleprompter.Gateway.Hub;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Rehearsals;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Hosting.Privacy;
using Teleprompter.Hosting.Storage;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>A gateway process: the real hub and all behind it, with sockets that are objects.</summary>
sealed class SimulatedGateway : IHubContext<CallHub, ICallClient>, IHubClients<ICallClient>
{
    readonly World world;
    readonly List<Socket> sockets = [];
    readonly ConnectionSignIn signIn = new(new Tickets(new InMemoryTicketStore(TimeProvider.System)), TimeProvider.System);
    LiveCalls? calls;
    CallOpener? opener;
    CallIntake? intake;
    AudioIntake? audio;
    ConsentIntake? consenting;

    public SimulatedGateway(World world, SimulatedBus bus, SimulatedStore store, string name)
    {
        this.world = world;
        Process = world.Start(name);
        Bus = bus.Connect(Process);
        Process.Run(() => Start(store.Connect(Process)));
    }

    public Process Process { get; }

    public SimulatedBus.Port Bus { get; }

    public bool Runs => Process is { IsDead: false, FrozenSince: null };

    public IReadOnlyList<Socket> Sockets => sockets;

    IHubClients<ICallClient> IHubContext<CallHub, ICallClient>.Clients => this;

    IGroupManager IHubContext<CallHub, ICallClient>.Groups => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.All => throw new NotSupportedException();

    public CallHub NewHub(HubCallerContext connection) =>
        new(opener!, calls!, intake!, audio!, consenting!, signIn) { Context = connection };

    public void Accept(Socket socket) => sockets.Add(socket);

    public void Forget(Socket socket) => sockets.Remove(socket);

    public void Kill()
    {
        Process.Kill();
        world.After(world.Between(0, 50), () => Bus.Closed = true);
        foreach (var socket in sockets.ToArray())
        {
            socket.Cut();
        }
    }

    public ICallClient Client(string connectionId) => sockets.First(socket => socket.ConnectionId == connectionId);

    ICallClient IHubClients<ICallClient>.AllExcept(IReadOnlyList<string> excludedConnectionIds) => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.Clients(IReadOnlyList<string> connectionIds) => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.Group(string groupName) => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.GroupExcept(string groupName, IReadOnlyList<string> excludedConnectionIds) =>
        throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.Groups(IReadOnlyList<string> groupNames) => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.User(string userId) => throw new NotSupportedException();

    ICallClient IHubClients<ICallClient>.Users(IReadOnlyList<string> userIds) => throw new NotSupportedException();

    void Start(ICallStore store)
    {
        var time = Process.Time;
        var watch = new StoreWatch(store, time);
        var directory = new WorkerDirectory(Bus, time, new Random(world.Random.Next()));
        var placement = new CallPlacement(store, directory, time);
        var router = new CallRouter(Bus, placement, directory);
        calls = new LiveCalls(router, time);
        var rules = new ConsentRules(Options.Create(new ConsentOptions()), time);
        var consents = new ConsentGate(rules);
        var leases = new InMemoryLeaseStore(time);
        var rehearsals = new RehearsalGate(directory, calls, leases, store, Options.Create(new RehearsalOptions()));
        var register = new CallRegister(store, watch, rules, Options.Create(new CallStoreOptions()), time) { Draw = Draw };
        var limits = Options.Create(new RateLimitOptions());
        opener = new CallOpener(register, placement, calls, new CallAdmission(rehearsals, calls, leases, store, limits), Bus, this);
        intake = new CallIntake(router, store, new Redactor(Options.Create(new PrivacyOptions())), consents, limits);
        audio = new AudioIntake(calls, router, consents, limits, time);
        var trail = new InMemoryAuditTrail(time, Options.Create(new AuditOptions()));
        consenting = new ConsentIntake(rules, intake, new CallErasure(store, Bus), new AuditLog(trail, time));
        _ = MustNotEnd(RunDirectory(directory, CancellationToken.None));
        _ = MustNotEnd(RunWatch(watch, CancellationToken.None));
        _ = MustNotEnd(RunMaintenance(new CallMaintenance(calls, router, directory, watch, time), CancellationToken.None));
    }

    byte[] Draw(int bytes)
    {
        var drawn = new byte[bytes];
        world.Random.NextBytes(drawn);
        return drawn;
    }

    async Task MustNotEnd(Task loop)
    {
        await loop;
        world.Break($"{Process.Name}: a loop of the gateway has ended");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    static extern Task RunDirectory(WorkerDirectory directory, CancellationToken stoppingToken);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    static extern Task RunWatch(StoreWatch watch, CancellationToken stoppingToken);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    static extern Task RunMaintenance(CallMaintenance maintenance, CancellationToken stoppingToken);
}

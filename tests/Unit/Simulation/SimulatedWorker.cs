using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Hosting.Storage;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.Tests.Unit.Pipeline;
using Teleprompter.Tests.Unit.Transcription;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>A worker process: the real worker, on a simulated bus, store, model and clock.</summary>
sealed class SimulatedWorker
{
    static readonly PlaybookEdition Cards = PlaybookEdition.Create(
        [
            new("price", "Price", ["The price is too high", "That is too expensive"], PriceAnswer, null, null),
            new("security", "Security", ["Is our data secure", "How do you keep our data safe"], SecurityAnswer, null, null),
        ],
        []);

    public const string Opening = "What do you want to tell me on";

    public const string PriceAnswer = "What would make it worth it?";

    public const string SecurityAnswer = "Yes. Which rules must you meet?";

    readonly World world;
    readonly WorkerLedger ledger;
    readonly Persona[] personas;
    OwnedCalls? calls;
    WorkerDrain? drain;

    public SimulatedWorker(World world, SimulatedBus bus, SimulatedStore store, string name)
    {
        this.world = world;
        Process = world.Start(name);
        ledger = new WorkerLedger(Process.Time) { WorkerId = name };
        personas = [PersonaOf("A"), PersonaOf("B")];
        Bus = bus.Connect(Process);
        Model = new SimulatedModel(Process);
        Process.Run(() => Start(store.Connect(Process)));
    }

    public Process Process { get; }

    public SimulatedBus.Port Bus { get; }

    public SimulatedModel Model { get; }

    public bool Draining { get; private set; }

    public bool Runs => Process is { IsDead: false, FrozenSince: null };

    public IReadOnlyList<CallBeat> Calls => calls?.Beats ?? [];

    /// <summary>Answers begun ahead of the end of a turn that have ended here.</summary>
    public IEnumerable<AheadCounts> Ahead => ledger.Slots(everything: true).Slots.Select(slot => slot.Tally.Ahead);

    public void Drain()
    {
        Draining = true;
        Process.Run(() => _ = DrainAndLeave());
    }

    public void Kill()
    {
        Process.Kill();
        world.After(world.Between(0, 50), () => Bus.Closed = true);
    }

    void Start(ICallStore store)
    {
        var time = Process.Time;
        var loggers = new DefectLoggers(world, Process.Name);
        var model = new ModelServices(Model, new AdmissionGate(Options.Create(new AdmissionOptions { Slots = 8 }), time));
        var services = new CallServices(
            Bus, store, StagesUnderTest.With(Cards, time) with { Personas = () => personas }, model, SilentTranscription.Service(time),
            new WorkerLease(time), time, ledger,
            new BudgetServices(new InMemoryBudgetStore(), Options.Create(new BudgetOptions()), time));
        calls = new OwnedCalls(services, loggers, loggers.CreateLogger<OwnedCalls>());
        var watch = new StoreWatch(store, time);
        var library = new PlaybookLibrary(
            Options.Create(new PlaybookOptions()),
            new HostingEnvironment { ContentRootPath = "." },
            time,
            NullLogger<PlaybookLibrary>.Instance);
        var host = new WorkerHost(services, calls, library, watch, loggers.CreateLogger<WorkerHost>());
        drain = new WorkerDrain(host, calls, time);
        _ = MustNotEnd(RunHost(host, CancellationToken.None));
        _ = MustNotEnd(RunWatch(watch, CancellationToken.None));
    }

    /// <summary>The buyer of one client, whose file is another at each worker.</summary>
    Persona PersonaOf(string letter) => PersonaReader.Read($"buyer-{letter.ToLowerInvariant()}.md", $"""
        # Buyer {letter}
        ## Role
        Finance director
        ## Company
        Kestrel Logistics
        ## Mood
        Short of time.
        ## Opens
        - {Opening} topic {letter} at {Process.Name}?
        ## Interrupts
        - after 4 seconds: What is the figure for topic {letter} at {Process.Name}?
        - says partnership, investment: I buy topic {letter} at {Process.Name}.
        - at most 5 a minute
        ## Attacks
        - price, plan: The price of topic {letter} at {Process.Name} is too high.
        - teams: Who uses topic {letter} at {Process.Name}?
        - years: How long am I bound to topic {letter} at {Process.Name}?
        ## Patience
        - {(letter == "A" ? "yields" : "holds")}
        - hangs up after 4 interruptions
        ## Closes
        - next step: Send me the figures for topic {letter} at {Process.Name}.
        - hangs up: Goodbye to topic {letter} at {Process.Name}.
        """, [])!;

    async Task DrainAndLeave()
    {
        await drain!.Drain(CancellationToken.None);
        Kill();
    }

    async Task MustNotEnd(Task loop)
    {
        await loop;
        world.Break($"{Process.Name}: a loop of the worker has ended");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    static extern Task RunHost(WorkerHost host, CancellationToken stoppingToken);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    static extern Task RunWatch(StoreWatch watch, CancellationToken stoppingToken);
}

using System.Globalization;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>Two gateways, two or three workers, two or three calls, a bus and a store, and what a seed does to them.</summary>
sealed class Storm
{
    const int MostWorkers = 3;

    static readonly TimeSpan OwnersOverlapFor = TimeSpan.FromSeconds(4);

    // Until the worker has closed a turn that level 1 left open, and its attempt's stream has ended.
    static readonly TimeSpan TurnIsOpenFor = TimeSpan.FromSeconds(6);

    static readonly string[] Questions =
    [
        "And what about", "The price is too high for", "Could you tell me more on", "Is our data secure with",
    ];

    static readonly TurnEnding[] Endings = Enum.GetValues<TurnEnding>();

    readonly List<SimulatedWorker> workers = [];
    readonly List<SimulatedWorker> everyWorker = [];
    readonly List<SimulatedGateway> gateways = [];
    readonly List<SimulatedClient> clients = [];
    readonly Dictionary<string, long> epochs = new(StringComparer.Ordinal);
    readonly Dictionary<char, long> twoStreamsSince = [];
    readonly HashSet<string> mayBeLost = new(StringComparer.Ordinal);
    readonly SimulatedBus bus;
    readonly SimulatedStore store;
    readonly Process clock;
    bool storm = true;
    int started;
    long askedAt;

    /// <param name="rehearsals">How many of the calls are rehearsals.</param>
    public Storm(int seed, int calls = 3, int workersAtStart = 2, int rehearsals = 0)
    {
        World = new World(seed);
        bus = new SimulatedBus();
        clock = World.Start("store");
        store = new SimulatedStore(World, clock);
        for (var i = 0; i < workersAtStart; i++)
        {
            AddWorker();
        }

        AddGateway();
        AddGateway();
        World.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < calls; i++)
        {
            AddClient(rehearses: i < rehearsals, testMe: seed % 2 == 0);
        }

        World.Advance(TimeSpan.FromSeconds(1));
    }

    public World World { get; }

    public IReadOnlyList<SimulatedWorker> Workers => workers;

    public IReadOnlyList<SimulatedGateway> Gateways => gateways;

    public IReadOnlyList<SimulatedClient> Clients => clients;

    /// <summary>What became of the answers begun ahead of a turn's end, and how many of them were shown as tentative.</summary>
    public (long Adopted, long Discarded, long Shown) Ahead
    {
        get
        {
            var counts = everyWorker.SelectMany(worker => worker.Ahead).ToList();
            var adopted = counts.Sum(count => count.Adopted);
            return (adopted, counts.Sum(count => count.Attempts) - adopted, clients.Sum(client => client.ShownTentatively));
        }
    }

    public SimulatedBus Bus => bus;

    public SimulatedStore Store => store;

    public void Run(int steps)
    {
        for (var step = 0; step < steps && World.Broken is null; step++)
        {
            Act();
            World.Advance(World.Between(10, 200));
            Check();
        }

        Settle();
    }

    /// <summary>The faults stop; whatever was broken must be whole again.</summary>
    public void Settle()
    {
        storm = false;
        bus.Away = store.Away = false;
        bus.Loss = 0;
        foreach (var worker in workers)
        {
            worker.Bus.Heal();
            worker.Model.Failing = 0;
            worker.Process.Thaw();
        }

        foreach (var gateway in gateways)
        {
            gateway.Bus.Heal();
            gateway.Process.Thaw();
        }

        if (!workers.Exists(worker => worker is { Process.IsDead: false, Draining: false }))
        {
            AddWorker();
        }

        World.Tell("the faults stop");
        Pass(TimeSpan.FromSeconds(12));
        clients.ForEach(client => client.SetPaused(false));
        Pass(TimeSpan.FromSeconds(3));
        AskAll();
        Pass(TimeSpan.FromSeconds(8));
        clients.ForEach(CheckAnswered);
        clients.ForEach(client => client.Do(hub => hub.Resync()));
        Pass(TimeSpan.FromSeconds(1));
        clients.ForEach(CheckNothingLost);
        clients.ForEach(CheckRehearsals);
        clients.ForEach(client => client.End());
        Pass(TimeSpan.FromSeconds(2));
        if (workers.Find(worker => worker.Runs && worker.Model.IsWriting) is { } writes)
        {
            World.Break($"{writes.Process.Name} has streams open after the calls ended");
        }
    }

    /// <summary>Lets time pass, checking all the while.</summary>
    public void Pass(TimeSpan time)
    {
        var until = World.Now + time.Ticks;
        while (World.Now < until && World.Broken is null)
        {
            World.Advance(TimeSpan.FromMilliseconds(100));
            Check();
        }
    }

    public SimulatedWorker AddWorker()
    {
        var worker = new SimulatedWorker(World, bus, store, string.Create(CultureInfo.InvariantCulture, $"w{++started}"));
        worker.Bus.Published = Note;
        workers.Add(worker);
        everyWorker.Add(worker);
        return worker;
    }

    void AddGateway() =>
        gateways.Add(new SimulatedGateway(World, bus, store, string.Create(CultureInfo.InvariantCulture, $"g{++started}")));

    void AddClient(bool rehearses, bool testMe)
    {
        var letter = (char)('A' + clients.Count);
        var client = new SimulatedClient(World, letter, () => gateways, epochs)
        {
            LossIsExcused = callId => mayBeLost.Contains(callId) || HungUp(callId),
            Rehearsal = rehearses ? new RehearsalRequest($"buyer-{char.ToLowerInvariant(letter)}", testMe) : null,
        };
        clients.Add(client);
        client.Connect();
    }

    bool HungUp(string callId) => store.Peek(callId)?.Entries.OfType<BuyerCutIn>().Any(cutIn => cutIn.CutOff.HangsUp) ?? false;

    void Note(object published)
    {
        if (published is FromWorker { Event: SuggestionStarted suggestion } message)
        {
            epochs.TryAdd(suggestion.SuggestionId, message.Epoch);
        }
    }

    void Act()
    {
        var client = World.Pick(clients);
        switch (World.Random.Next(100))
        {
            case < 15:
                Say(client, Speaker.Customer, World.Pick(Questions));
                break;
            case < 30:
                SayWordByWord(client, World.Pick(Questions), World.Pick(Endings));
                break;
            case < 40:
                Say(client, Speaker.Rep, "Let me show you our plan for");
                break;
            case < 62:
                break;
            case < 66:
                World.Advance(World.Between(300, 3000));
                break;
            case < 68:
                Tell($"{client.Letter} dismisses");
                if (client.Screen?.OpenId is { } open)
                {
                    client.Do(hub => hub.SendFeedback(new SuggestionFeedback(open, FeedbackKind.Dismissed)));
                }

                break;
            case < 70:
                Tell($"{client.Letter} suggests now");
                client.Do(hub => hub.SuggestNow());
                break;
            case < 72:
                Tell($"{client.Letter} {(client.Paused ? "resumes" : "pauses")}");
                client.SetPaused(!client.Paused);
                break;
            case < 73 when client.Rehearsal is null:
                Tell($"{client.Letter} swaps");
                client.Do(hub => hub.SwapSpeakers());
                break;
            case < 74 when World.Chance(0.3):
                client.End();
                break;
            case < 77:
                Tell($"{client.Letter}'s socket is cut");
                client.Current?.Cut();
                break;
            case < 79 when client.Attached:
                client.Connect();
                break;
            case < 80:
                Tell($"{client.Letter} stops reading");
                client.Current?.Stall(World.Between(500, 12_000));
                break;
            default:
                Harm();
                break;
        }
    }

    void Harm()
    {
        workers.RemoveAll(worker => worker.Process.IsDead);
        if (workers.Count == 0 || gateways.Count == 0)
        {
            return;
        }

        var worker = World.Pick(workers);
        var gateway = World.Pick(gateways);
        switch (World.Random.Next(24))
        {
            case 0 when worker.Runs:
                KillWorker(worker);
                break;
            case 1 or 2 when worker.Runs:
                Freeze(worker.Process);
                break;
            case 3 when workers.Count > 1 && worker is { Runs: true, Draining: false }:
                Tell($"{worker.Process.Name} drains");
                worker.Drain();
                break;
            case 4 when workers.Count < MostWorkers:
                Tell($"{AddWorker().Process.Name} starts");
                break;
            case 5 when gateway.Runs:
                Tell($"{gateway.Process.Name} is killed");
                gateway.Kill();
                gateways.Remove(gateway);
                World.After(World.Between(500, 5000), AddGateway);
                break;
            case 6 when gateway.Runs:
                Freeze(gateway.Process);
                break;
            case 7:
                Cut(worker.Process, worker.Bus);
                break;
            case 8:
                Cut(gateway.Process, gateway.Bus);
                break;
            case 9:
                Tell("the bus is away");
                bus.Away = true;
                World.After(World.Between(200, 5000), () => bus.Away = false);
                break;
            case 10 or 11:
                Tell($"{worker.Process.Name} loses a subscription");
                worker.Bus.LoseSubscription(World.Between(100, 4000));
                break;
            case 12 or 13:
                Tell($"{gateway.Process.Name} loses a subscription");
                gateway.Bus.LoseSubscription(World.Between(100, 4000));
                break;
            case 14 or 15:
                Tell("the store is away");
                store.Away = true;
                World.After(World.Between(100, 5000), () => store.Away = false);
                break;
            case 16:
                Tell("the store is flushed");
                Flush();
                break;
            case 17:
                worker.Model.Failing = 0.1;
                World.After(World.Between(500, 3000), () => worker.Model.Failing = 0);
                break;
            default:
                Tell("messages are lost");
                bus.Loss = 0.2;
                World.After(World.Between(20, 400), () => bus.Loss = 0);
                break;
        }
    }

    void KillWorker(SimulatedWorker worker)
    {
        Tell($"{worker.Process.Name} is killed");
        worker.Kill();
        workers.Remove(worker);
        if (workers.Count == 0)
        {
            World.After(World.Between(100, 3000), () => AddWorker());
        }
    }

    void Freeze(Process process)
    {
        Tell($"{process.Name} is frozen");
        process.Freeze();
        World.After(World.Between(500, World.Chance(0.2) ? 20_000 : 4000), () =>
        {
            if (!process.IsDead && process.FrozenSince is not null)
            {
                Tell($"{process.Name} is thawed");
                process.Thaw();
            }
        });
    }

    void Cut(Process process, SimulatedBus.Port port)
    {
        var kind = World.Random.Next(3);
        Tell($"{process.Name} is {kind switch { 0 => "cut off", 1 => "mute", _ => "deaf" }}");
        (port.Away, port.Mute, port.Deaf) = (kind == 0, kind == 1, kind == 2);
        World.After(World.Between(200, 4000), port.Heal);
    }

    /// <summary>
    /// What a lost store held may be gone for good, if its owner goes before it has put it back, or does not hear of it in time.
    /// </summary>
    void Flush() => mayBeLost.UnionWith(store.Flush());

    void Say(SimulatedClient client, Speaker speaker, string words)
    {
        speaker = client.Rehearsal is null ? speaker : Speaker.Rep;
        if (!client.Paused && !(client.Speaking && (speaker == Speaker.Customer || client.Rehearsal is not null)))
        {
            client.Say(speaker, words);
            Tell($"{client.Letter}: {speaker} says {client.LastQuestion}");
        }
    }

    void SayWordByWord(SimulatedClient client, string words, TurnEnding ending)
    {
        if (!client.Paused && !client.Speaking)
        {
            client.SayWordByWord(words, ending);
            Tell($"{client.Letter}: {client.LastQuestion} is said word by word, ending {ending}");
        }
    }

    void Tell(string what) => World.Tell(what);

    void AskAll()
    {
        foreach (var client in clients)
        {
            var kept = client.CallId is { } callId ? store.Peek(callId) : null;
            var swapped = kept?.Entries.OfType<SpeakersSwapped>().MaxBy(set => set.AtMs)?.Swapped ?? false;
            Tell($"{client.Letter} asks for the last time{(swapped ? ", swapped" : "")}");
            client.Say(swapped || client.Rehearsal is not null ? Speaker.Rep : Speaker.Customer, Questions[0]);
        }

        askedAt = World.Now;
    }

    void Check()
    {
        foreach (var worker in workers.Where(worker => worker.Runs))
        {
            worker.Model.Check();
        }

        foreach (var client in clients)
        {
            if (workers.Exists(worker => worker.Runs && worker.Model.PendingForBuyer(client.Letter) > 1))
            {
                World.Break($"the buyer of {client.Letter} has two turns pending or spoken");
            }

            var open = workers.Where(worker => worker.Runs).Sum(worker => worker.Model.Open.Count(letter => letter == client.Letter));
            var most = World.Now - client.SpokeAt < TurnIsOpenFor.Ticks ? 2 : 1;
            if (open <= most)
            {
                twoStreamsSince.Remove(client.Letter);
            }
            else if (twoStreamsSince.TryAdd(client.Letter, World.Now))
            {
                continue;
            }
            else if (World.Now - twoStreamsSince[client.Letter] > OwnersOverlapFor.Ticks)
            {
                World.Break($"{client.Letter} has {open} streams open for too long");
            }
        }
    }

    void CheckAnswered(SimulatedClient client)
    {
        if (World.Broken is not null)
        {
            return;
        }

        if (client is not { Attached: true, CallId: { } callId, Screen: { } screen })
        {
            World.Break($"{client.Letter} is not back in its call 23 s after the last fault");
            return;
        }

        var epoch = store.Peek(callId)?.Ownership?.Epoch;
        var owners = workers.Where(
            worker => !worker.Process.IsDead && worker.Calls.Any(beat => beat.CallId == callId && beat.Epoch == epoch)).ToList();
        if (owners.Count != 1)
        {
            World.Break(
                $"{client.Letter} has {owners.Count} owners under {epoch} of {store.Peek(callId)?.Ownership?.WorkerId}; held: "
                + $"{string.Join(", ", workers.Where(worker => !worker.Process.IsDead).SelectMany(worker => worker.Calls.Where(beat => beat.CallId == callId).Select(beat => $"{worker.Process.Name} under {beat.Epoch}")))}; closed: {store.Peek(callId)?.Entries.OfType<CallClosed>().Any()}");
        }
        else if (client.Rehearsal is not null)
        {
            if (client.BuyerSpokeAt < askedAt)
            {
                World.Break($"{client.Letter}: {client.LastQuestion} was not answered by the buyer within 8 s");
            }
        }
        else if (!screen.Completed.Any(text => text.StartsWith($"On {client.LastQuestion} ", StringComparison.Ordinal)))
        {
            World.Break(
                $"{client.Letter}: {client.LastQuestion} was not answered within 8 s by {owners[0].Process.Name}; "
                + $"{store.Peek(callId)?.Entries.OfType<SegmentHeard>().Any(heard => heard.Segment.SegmentId.EndsWith(client.LastQuestion[1..], StringComparison.Ordinal))} kept; last: {screen.Last}; status {screen.Snapshot?.Status}; shown: {string.Join(" | ", screen.Completed)}");
        }
    }

    void CheckNothingLost(SimulatedClient client)
    {
        if (World.Broken is not null || client.CallId is not { } callId || storm)
        {
            return;
        }

        var kept = store.Peek(callId)?.Entries.OfType<SegmentHeard>().Select(heard => heard.Segment.SegmentId)
            .ToHashSet(StringComparer.Ordinal) ?? [];
        var shown = client.Screen?.Snapshot?.Segments.Select(segment => segment.SegmentId).ToHashSet(StringComparer.Ordinal) ?? [];
        var lost = client.Acknowledged.Where(id => !shown.Contains(id) || !kept.Contains(id)).ToList();
        if (lost.Count > 0 && !mayBeLost.Contains(callId))
        {
            World.Break(
                $"{client.Letter}: acknowledged and lost: {string.Join(", ", lost)} (in the store: "
                + $"{string.Join(", ", lost.Where(kept.Contains))})");
        }
    }

    void CheckRehearsals(SimulatedClient client)
    {
        foreach (var kept in client.Calls.Select(store.Peek).OfType<StoredCall>().Where(kept => kept.Record.Rehearsal is not null))
        {
            if (BuyerTurns.Problem([.. kept.Entries]) is { } problem)
            {
                World.Break($"{client.Letter}: {problem}");
            }
        }
    }
}

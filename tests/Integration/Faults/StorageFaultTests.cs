using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What reps see when Redis dies, freezes, forgets, or drops its subscribers.</summary>
public sealed class StorageFaultTests : FaultTest
{
    const double NoticedWithinMs = 2500;

    [Test]
    public async Task A_Redis_killed_and_started_again_costs_no_words()
    {
        var clients = await CallsMidSuggestion(10);

        var killed = Now;
        await Fleet.KillRedis();
        await AllSayUnavailable(clients, killed);
        clients.ToList().ForEach(client => client.Ask());
        await Fleet.StartRedis();

        await GoesOn(clients, "after Redis started again");
        await Fleet.AssertNothingBroke(untold: true);
    }

    [Test]
    public async Task A_Redis_frozen_for_five_seconds_costs_no_words()
    {
        var clients = await CallsMidSuggestion(10);

        var frozen = Now;
        Fleet.Redis.Pause();
        await AllSayUnavailable(clients, frozen);
        clients.ToList().ForEach(client => client.Ask());
        await Poll.Until(() => Now - frozen > 5000, Patience, "five seconds are over");
        Fleet.Redis.Continue();

        await GoesOn(clients, "after Redis went on");
        await Fleet.AssertNothingBroke(untold: true);
    }

    [Test]
    public async Task A_Redis_that_forgot_everything_gets_the_calls_back_and_they_can_be_resumed()
    {
        var clients = await CallsMidSuggestion(10);

        await Fleet.Redis.FlushAll();
        var flushed = Now;
        await GoesOn(clients, "after FLUSHALL");
        var answered = Now;
        await Task.WhenAll(clients.Select(client => Poll.Until(
            async () => await Fleet.Stored(client) is not null, Patience, $"{client.Name} is put back")));
        AssertWithin(3000, Now - answered, answered);
        Fleet.Gateways.ToList().ForEach(gateway => gateway.Door.ResetPeer());

        await Back(clients, flushed, Patience);
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task Clients_that_come_back_right_after_Redis_forgot_find_their_calls()
    {
        var clients = await CallsMidSuggestion(10);

        await Fleet.Redis.FlushAll();
        var flushed = Now;
        Fleet.Gateways.ToList().ForEach(gateway => gateway.Door.ResetPeer());

        await Back(clients, flushed, Patience);
        Fleet.Model.Script = Fast;
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task Killed_subscriptions_are_mended()
    {
        var clients = await CallsMidSuggestion(10);

        await Fleet.Redis.Command("CLIENT", "KILL", "TYPE", "pubsub");

        await GoesOn(clients, "after CLIENT KILL TYPE pubsub");
        await Fleet.AssertNothingBroke(untold: true);
    }

    [Test]
    public async Task A_Redis_and_a_worker_that_die_together_leave_no_call_without_an_owner()
    {
        var clients = await CallsMidSuggestion(10);
        var (worker, _) = await Fleet.Busiest();

        await Fleet.KillRedis();
        await worker.Kill();
        await Fleet.StartRedis();

        Fleet.Model.Script = Fast;
        await Poll.Until(() => clients.All(client => client.Connected), Patience, "all are connected");
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke(storeMayForget: true, untold: true);
    }

    static async Task AllSayUnavailable(IReadOnlyList<FaultClient> clients, double sinceMs)
    {
        var said = await Task.WhenAll(clients.Select(client => client.Until<CallEvent>(
            seen => seen is StatusChanged { Status.Storage: StorageState.Unavailable }
                or Restored { Status.Storage: StorageState.Unavailable },
            sinceMs,
            Patience,
            "storage is said to be unavailable")));
        AssertWithin(NoticedWithinMs, said.Max() - sinceMs, sinceMs);
    }

    /// <summary>New questions get words within what is promised after a return, and a little for the model.</summary>
    async Task GoesOn(IReadOnlyList<FaultClient> clients, string when)
    {
        Fleet.Model.Script = Fast;
        var returned = Now;
        clients.ToList().ForEach(client => client.Ask());
        var words = await Task.WhenAll(clients.Select(client => NextWords(client, returned, Patience)));
        Tell($"new words {when}", words);
        AssertWithin(3000 + 500, P95(words), returned);
        await Fleet.EveryCallAnswers(Patience);
    }
}

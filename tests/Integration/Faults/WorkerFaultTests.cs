using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What reps see when a worker dies, freezes, or is cut off.</summary>
public sealed class WorkerFaultTests : FaultTest
{
    [Test]
    public async Task Calls_of_a_killed_worker_go_on_elsewhere_within_four_seconds()
    {
        await CallsMidSuggestion(20);
        var (worker, its) = await Fleet.Busiest();

        var killed = Now;
        await worker.Kill();

        var recovered = await Task.WhenAll(its.Select(client => NextWords(client, killed, Patience)));
        Tell("next words after SIGKILL of the owner", recovered);
        AssertWithin(4000, P95(recovered), killed);
        Fleet.Model.Script = Fast;
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [TestCase(2)]
    [TestCase(5)]
    [TestCase(20)]
    public async Task Nothing_of_a_frozen_worker_is_shown_after_its_calls_were_given_away(int seconds)
    {
        await CallsMidSuggestion(10);
        var (worker, its) = await Fleet.Busiest();

        var frozen = Now;
        worker.Freeze();
        if (seconds > 2)
        {
            var recovered = await Task.WhenAll(its.Select(client => NextWords(client, frozen, Patience)));
            Tell("next words after SIGSTOP of the owner", recovered);
            AssertWithin(4000, P95(recovered), frozen);
        }

        Fleet.Model.Script = Fast;
        await Poll.Until(() => Now - frozen > seconds * 1000, Patience, "the freeze is over");
        worker.Thaw();

        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke(frozen: true);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Calls_of_a_worker_cut_off_from_Redis_one_way_go_on_elsewhere(bool cannotSpeak)
    {
        await CallsMidSuggestion(10);
        var (worker, its) = await Fleet.Busiest();

        var cut = Now;
        var blackhole = new Toxic { Blackhole = true };
        (worker.RedisLink.Up, worker.RedisLink.Down) = cannotSpeak ? (blackhole, Toxic.None) : (Toxic.None, blackhole);

        Fleet.Model.Script = Fast;
        var recovered = await Task.WhenAll(its.Select(client => AnsweredAgain(client, cut)));
        Tell(cannotSpeak ? "answered again, owner cannot speak" : "answered again, owner cannot hear", recovered);
        worker.RedisLink.Clear();
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [TestCase(50)]
    [TestCase(500)]
    [TestCase(5000)]
    public async Task A_worker_far_from_Redis_answers_or_gives_its_calls_away(int milliseconds)
    {
        await CallsMidSuggestion(10);
        var (worker, its) = await Fleet.Busiest();

        var begun = Now;
        worker.RedisLink.Down = new Toxic { Latency = TimeSpan.FromMilliseconds(milliseconds), Jitter = TimeSpan.FromMilliseconds(milliseconds / 10.0) };

        Fleet.Model.Script = Fast;
        var answered = await Task.WhenAll(its.Select(client => AnsweredAgain(client, begun)));
        Tell($"answered again, {milliseconds} ms from Redis to the owner", answered);
        worker.RedisLink.Clear();
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    static async Task<double> AnsweredAgain(FaultClient client, double sinceMs)
    {
        await client.Answered(Patience);
        return Now - sinceMs;
    }
}

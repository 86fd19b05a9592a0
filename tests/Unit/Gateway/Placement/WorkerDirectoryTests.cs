using Teleprompter.Bus;
using Teleprompter.Gateway.Placement;
using Teleprompter.Hosting.InMemory;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Placement;

[CancelAfter(10_000)]
public sealed class WorkerDirectoryTests
{
    readonly ManualTimeProvider time = new();
    readonly InMemoryMessageBus bus = new();
    WorkerDirectory directory = null!;
    int marks;

    [SetUp]
    public async Task Start()
    {
        directory = new WorkerDirectory(bus, time, new Random(1));
        await directory.StartAsync(CancellationToken.None);
    }

    [TearDown]
    public void Stop() => directory.Dispose();

    [Test]
    public async Task A_worker_silent_among_others_is_gone_after_a_second_and_a_half()
    {
        await Hear("a", "b");
        await Pass(1.0, "b");
        Assert.That(directory.IsGone("a"), Is.False);

        await Pass(0.5, "b");

        Assert.That(directory.IsGone("a"), Is.True);
        Assert.That(directory.IsGone("b"), Is.False);
    }

    [Test]
    public async Task A_worker_that_can_send_and_not_receive_is_gone_although_it_is_heard()
    {
        await Hear("a", "b");
        await Pass(1.0, "b");
        await bus.Publish(BusChannels.Workers, Beat("a") with { Silent = true });
        await Pass(0.5, "b");

        Assert.That(directory.IsGone("a"), Is.True);
        Assert.That(directory.Choose(), Is.EqualTo("b"));

        await Hear("a");
        Assert.That(directory.IsGone("a"), Is.False);
    }

    [Test]
    public async Task Silence_of_all_says_that_this_gateway_is_deaf_and_nothing_of_any_worker()
    {
        await Hear("a", "b");
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.That(directory.IsGone("a"), Is.False);

        await Hear("b");
        Assert.That(directory.IsGone("a"), Is.False, "it has only just begun to hear again");

        await Pass(1.0, "b");
        await Pass(1.0, "b");
        Assert.That(directory.IsGone("a"), Is.True);
    }

    [Test]
    public async Task A_gateway_that_has_just_started_takes_no_owner_for_gone()
    {
        await Hear("b");

        Assert.That(directory.IsGone("a"), Is.False);
    }

    [Test]
    public async Task A_worker_that_nobody_could_reach_is_gone_at_once_until_it_is_heard_again()
    {
        await Hear("a");
        directory.MarkGone("a");
        Assert.That(directory.IsGone("a"), Is.True);
        Assert.That(directory.Choose(), Is.Null);

        await Hear("a");

        Assert.That(directory.IsGone("a"), Is.False);
    }

    [Test]
    public async Task A_draining_worker_gets_no_calls_and_is_left_only_when_another_is_there()
    {
        await Hear(Beat("a") with { Draining = true });
        Assert.That(directory.Choose(), Is.Null);
        Assert.That(directory.IsDraining("a"), Is.False, "nobody could take its calls");

        await Hear("b");

        Assert.That(directory.IsDraining("a"), Is.True);
        Assert.That(directory.Choose(), Is.EqualTo("b"));
    }

    [Test]
    public async Task A_new_call_goes_to_the_less_loaded_of_two()
    {
        await Hear(Beat("a") with { Calls = [new CallBeat("1", 1, 1), new CallBeat("2", 1, 1)] });
        await Hear(Beat("b") with { Calls = [new CallBeat("3", 1, 1)] });

        Assert.That(directory.Choose(), Is.EqualTo("b"));
    }

    static WorkerHeartbeat Beat(string workerId) => new(workerId, "1", SentAt: 0, [], Draining: false, "p", PlaybookErrors: 0);

    async Task Pass(double seconds, params string[] heard)
    {
        time.Advance(TimeSpan.FromSeconds(seconds));
        await Hear(heard);
    }

    async Task Hear(params string[] workerIds)
    {
        foreach (var workerId in workerIds)
        {
            await Hear(Beat(workerId));
        }
    }

    async Task Hear(WorkerHeartbeat heartbeat)
    {
        var marked = heartbeat with { Calls = [.. heartbeat.Calls, new CallBeat("mark", Epoch: 1, ++marks)] };
        while (await bus.Publish(BusChannels.Workers, marked) == 0 || directory.BeatOf(heartbeat.WorkerId, "mark")?.LastSeq != marks)
        {
            await Task.Yield();
        }
    }
}

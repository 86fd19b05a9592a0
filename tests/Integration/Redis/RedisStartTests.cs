using System.Diagnostics;
using System.Reflection;
using Teleprompter.Bus;
using Teleprompter.Hosting.Redis;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>How the connection begins.</summary>
[CancelAfter(30_000)]
public sealed class RedisStartTests
{
    const int Starts = 20;
    const int ChannelsEach = 4;
    static readonly TimeSpan UnderLoad = TimeSpan.FromSeconds(10);
    static readonly TimeSpan SilentAtMost = TimeSpan.FromSeconds(2.5);

    [TestCase("redis://:s3cret@localhost:6379/first", "not understood")]
    [TestCase("http://:s3cret@localhost:6379", "not understood")]
    [TestCase("redis-0:26379,redis-1:26379,serviceName=mymaster", "exactly one server")]
    [TestCase("redis-0:26379,serviceName=mymaster", "exactly one server")]
    [TestCase("rediss://\ufffdefaul\u0680\ufffd\u202e", "not understood")]
    [TestCase("localhost:6379,pasword=s3cret", "not understood")]
    [TestCase("localhost:6379,ssl=s3cret", "not understood")]
    [TestCase("", "not understood")]
    public void A_connection_string_that_cannot_work_is_refused_with_the_way_to_set_it(string connectionString, string why)
    {
        var refusal = Assert.Throws<ArgumentException>(() => RedisConnectionString.Parse(connectionString));

        Assert.That(refusal!.Message, Does.Contain(why).And.Contain("ConnectionStrings:Redis").And.Not.Contain("s3cret"));
    }

    [Test]
    public async Task A_process_that_is_given_one_ends_with_that_line_and_no_stack(CancellationToken cancellationToken)
    {
        var gateway = typeof(RedisStartTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(data => data.Key == "Gateway").Value!;
        string[] command = [gateway, "--ConnectionStrings:Redis=redis-0:26379,serviceName=mymaster"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", command)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;

        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        Assert.That(process.ExitCode, Is.EqualTo(2), said);
        Assert.That(said.Trim().Split('\n'), Has.Length.EqualTo(1).And.All.Contains("ConnectionStrings:Redis"));
    }

    [Test]
    public async Task A_password_works(CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start(password: "s3cret");
        await using var peer = await RedisPeer.Start(server);
        await using var subscription = await peer.Bus.Subscribe(BusChannels.Call("c1"), cancellationToken);

        Assert.That(peer.Connection.Reachable, Is.True);
        Assert.That(await peer.Store.Read("c1", cancellationToken), Is.Null);
    }

    [TestCase(",password=wrong")]
    [TestCase("")]
    public async Task A_wrong_password_is_reported_and_stops_nothing(string password, CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start(password: "s3cret");
        await using var peer = await RedisPeer.Start($"127.0.0.1:{server.Port}{password}");

        Assert.That(peer.Connection.Reachable, Is.False);
        Assert.That(peer.Connection.Trouble, Does.Contain("Auth").IgnoreCase);
        Assert.That(async () => await peer.Store.Read("c1", cancellationToken), Throws.InstanceOf<CallStoreUnavailableException>());
        await server.Command("ACL", "LOG", "RESET");
    }

    [Test]
    public async Task Redis_may_be_started_last(CancellationToken cancellationToken)
    {
        await using var server = RedisServer.Stopped();
        await using var peer = await RedisPeer.Start(server);
        Assert.That(peer.Connection.Reachable, Is.False);
        await using var subscription = await peer.Bus.Subscribe(BusChannels.Call("c1"), cancellationToken);

        await server.Start();

        await Poll.Until(() => peer.Connection.Reachable, TimeSpan.FromSeconds(3), "Redis is found");
        await using var reader = subscription.GetAsyncEnumerator(cancellationToken);
        var next = reader.MoveNextAsync().AsTask();
        await Poll.Until(async () => await Say(peer, "c1") > 0 && next.IsCompleted, TimeSpan.FromSeconds(3), "a message arrives");
    }

    [Test]
    public async Task No_start_under_load_loses_a_subscription_for_long(CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start();
        await using var speaker = await RedisPeer.Start(server);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var burning = Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Burn(ended.Token)).ToArray();
        var peers = await Task.WhenAll(Enumerable.Range(0, Starts).Select(_ => Task.Run(() => RedisPeer.Start(server), cancellationToken)));
        var listening = peers.SelectMany((peer, i) => Enumerable.Range(0, ChannelsEach).Select(j => Silence(peer, $"{i}-{j}", ended.Token)))
            .ToArray();

        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < UnderLoad)
        {
            for (var i = 0; i < Starts * ChannelsEach; i++)
            {
                _ = Say(speaker, $"{i / ChannelsEach}-{i % ChannelsEach}");
            }

            // The longest silence is measured between messages sent 20 times a second.
            await Task.Delay(50, cancellationToken);
        }

        await ended.CancelAsync();
        var silences = await Task.WhenAll(listening);
        Array.ForEach(burning, thread => thread.Join());
        await TestContext.Out.WriteLineAsync(
            $"longest silence {silences.Max().TotalMilliseconds:0} ms, mended {peers.Sum(peer => peer.Connection.Subscriptions.Mended)}, "
            + $"{peers.Sum(peer => peer.Sockets - 3)} reconnected");
        await Task.WhenAll(peers.Select(peer => peer.DisposeAsync().AsTask()));
        Assert.That(silences, Is.All.LessThan(SilentAtMost));
    }

    static Task<long?> Say(RedisPeer peer, string callId) =>
        peer.Bus.Publish(BusChannels.Call(callId), new FromWorker(1, 1, new Contracts.SuggestionDelta("s", 0, "words")));

    // Beside the thread pool: what is wanted is a busy machine, not a starved pool.
    static Thread Burn(CancellationToken until)
    {
        var thread = new Thread(() =>
        {
            while (!until.IsCancellationRequested)
            {
                Thread.SpinWait(1000);
            }
        });
        thread.Start();
        return thread;
    }

    /// <summary>The longest time without a message, until the end.</summary>
    static async Task<TimeSpan> Silence(RedisPeer peer, string callId, CancellationToken until)
    {
        await using var subscription = await peer.Bus.Subscribe(BusChannels.Call(callId), CancellationToken.None);
        var (last, longest) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        try
        {
            await foreach (var _ in subscription.WithCancellation(until))
            {
                Note();
            }
        }
        catch (OperationCanceledException)
        {
            Note();
        }

        return longest;

        void Note()
        {
            var now = Stopwatch.GetTimestamp();
            (last, longest) = (now, TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(last, now).Ticks)));
        }
    }
}

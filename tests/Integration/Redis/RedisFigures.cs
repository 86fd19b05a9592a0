using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>Measures, and promises nothing. Run with <c>--filter FullyQualifiedName~RedisFigures</c>.</summary>
[Explicit]
public sealed class RedisFigures
{
    static readonly BusChannel<FromWorker> Channel = BusChannels.Call("figures");

    [TestCase(false)]
    [TestCase(true)]
    public async Task From_publish_to_reader_at_500_messages_a_second(bool storeBusy)
    {
        await using var server = await RedisServer.Start();
        await using var publisher = await RedisPeer.Start(server);
        await using var reader = await RedisPeer.Start(server);
        await using var subscription = await reader.Bus.Subscribe(Channel);
        using var stop = new CancellationTokenSource();
        var reads = storeBusy ? LargeReads(reader, stop.Token) : Task.CompletedTask;
        var sent = new long[5001];
        var took = new List<double>();
        var reading = Read();
        var started = Stopwatch.GetTimestamp();
        for (var seq = 1; seq < sent.Length; seq++)
        {
            while (Stopwatch.GetElapsedTime(started).TotalMilliseconds < seq * 2)
            {
                // An open load of 500 messages a second, whatever the answers take.
                await Task.Delay(1);
            }

            sent[seq] = Stopwatch.GetTimestamp();
            _ = publisher.Bus.Publish(Channel, Message(seq));
        }

        await reading;
        await stop.CancelAsync();
        await reads;
        took.RemoveRange(0, 500);
        await Say($"publish to reader, store {(storeBusy ? "reading 1 MiB calls" : "idle")}", took);

        async Task Read()
        {
            await foreach (var message in subscription)
            {
                took.Add(Stopwatch.GetElapsedTime(sent[message.Seq]).TotalMilliseconds);
                if (message.Seq == sent.Length - 1)
                {
                    return;
                }
            }
        }
    }

    [Test]
    public async Task Publishing_as_fast_as_possible()
    {
        await using var server = await RedisServer.Start();
        await using var publisher = await RedisPeer.Start(server);
        const int Messages = 100_000;
        var allocated = GC.GetTotalAllocatedBytes();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i += 1000)
        {
            await Task.WhenAll(Enumerable.Range(i, 1000).Select(seq => publisher.Bus.Publish(Channel, Message(seq))));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await TestContext.Out.WriteLineAsync(
            $"{Messages / seconds:0} publishes/s, {(GC.GetTotalAllocatedBytes() - allocated) / Messages} bytes each");
    }

    [Test]
    public async Task Appending_one_after_the_other()
    {
        await using var server = await RedisServer.Start();
        await using var peer = await RedisPeer.Start(server);
        var epoch = await Open(peer);
        var took = new List<double>();
        for (var i = 0; i < 5000; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await peer.Store.Append("c1", epoch, Final(i, 80));
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        took.RemoveRange(0, 500);
        await Say("append", took);
    }

    static FromWorker Message(long seq) => new(1, seq, new SuggestionDelta("s", (int)seq, "a few words of it"));

    static SegmentHeard Final(int i, int length) =>
        new(new TranscriptSegment($"{i}", Speaker.Customer, new string('x', length), Final: true));

    static async Task<long> Open(RedisPeer peer)
    {
        await peer.Store.Open(new("c1", "hash", null, DateTimeOffset.UnixEpoch, new(), null));
        return (await peer.Store.Claim("c1", null, "w1", 0))!.Epoch;
    }

    static async Task LargeReads(RedisPeer peer, CancellationToken until)
    {
        var epoch = await Open(peer);
        for (var i = 0; i < 5000; i++)
        {
            await peer.Store.Append("c1", epoch, Final(i, 100), CancellationToken.None);
        }

        while (!until.IsCancellationRequested)
        {
            await peer.Store.Read("c1", CancellationToken.None);
            // Ten large reads a second.
            await Task.Delay(100, CancellationToken.None);
        }
    }

    static Task Say(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        return TestContext.Out.WriteLineAsync(
            $"{what}: p50 {milliseconds[milliseconds.Count / 2]:0.00} ms, p99 {milliseconds[milliseconds.Count * 99 / 100]:0.00} ms, "
            + $"most {milliseconds[^1]:0.00} ms");
    }
}

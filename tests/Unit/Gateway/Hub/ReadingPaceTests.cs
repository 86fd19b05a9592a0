using System.IO.Pipelines;
using Microsoft.AspNetCore.SignalR.Protocol;
using Teleprompter.Gateway.Hub;
using Teleprompter.Gateway.Intake;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Hub;

public sealed class ReadingPaceTests
{
    static readonly InvocationMessage Invocation = new("SendTranscript", []);
    static readonly StreamItemMessage Frame = new("1", item: null);

    readonly ManualTimeProvider time = new();
    readonly RateLimitOptions limits = new();

    [Test]
    public void A_client_that_sends_all_that_the_limits_allow_never_waits()
    {
        var pace = new ReadingPace(limits, time);
        Spend(pace, Frame, limits.AudioBurst * 1000 / 30, bytes: 1400);
        Spend(pace, Invocation, limits.MessageBurst / 2, bytes: 300);
        for (var second = 0; second < 60; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Spend(pace, Frame, 70, bytes: 1400);
            Spend(pace, Invocation, limits.MessagesPerSecond, bytes: 300);
            Assert.That(pace.Wait, Is.EqualTo(TimeSpan.Zero), $"after {second} s");
        }
    }

    [TestCase(2_000)]
    [TestCase(20_000)]
    public void Who_sends_more_waits_until_it_is_paid_for(int messages)
    {
        var pace = new ReadingPace(limits, time);
        Spend(pace, Invocation, messages, bytes: 300);

        // 783 units a second, 10 for an invocation.
        var expected = TimeSpan.FromSeconds(messages * 10.0 / 783);
        Assert.That(pace.Wait, Is.EqualTo(expected).Within(TimeSpan.FromSeconds(2)));
        time.Advance(pace.Wait + TimeSpan.FromMilliseconds(1));
        Assert.That(pace.Wait, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void What_cannot_be_understood_costs_more_than_what_can_and_long_messages_more_than_short_ones()
    {
        Assert.That(After(null, 100), Is.GreaterThan(After(Invocation, 100)));
        Assert.That(After(Invocation, 100), Is.GreaterThan(After(Frame, 100)));
        Assert.That(After(Frame, 30_000), Is.GreaterThan(After(Frame, 100)));

        TimeSpan After(HubMessage? message, int bytes)
        {
            var pace = new ReadingPace(limits, time);
            Spend(pace, message, 5_000, bytes);
            return pace.Wait;
        }
    }

    [Test]
    public async Task A_connection_that_has_to_wait_is_not_read_meanwhile_and_can_still_be_ended()
    {
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(new byte[10]);
        var pace = new ReadingPace(limits, time);
        Spend(pace, Invocation, 1_000, bytes: 300);
        var reader = new PacedReader(pipe.Reader, pace, time);

        var reading = reader.ReadAsync().AsTask();
        Assert.That(reading.IsCompleted, Is.False);
        reader.CancelPendingRead();

        Assert.That((await reading).IsCanceled, Is.True);
    }

    static void Spend(ReadingPace pace, HubMessage? message, int times, int bytes)
    {
        for (var i = 0; i < times; i++)
        {
            pace.Spend(message, bytes);
        }
    }
}

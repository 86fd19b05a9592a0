using Teleprompter.Gateway.Hub;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Hub;

public sealed class PacedPongStreamTests
{
    static readonly byte[] Pong = [0x8A, 0x00];
    static readonly byte[] Text = [0x81, 0x01, 0x41];

    readonly ManualTimeProvider time = new();
    readonly MemoryStream wire = new();

    [Test]
    public async Task A_pong_waits_for_a_tenth_of_a_second_after_the_one_before_and_nothing_else_does()
    {
        await using var socket = new PacedPongStream(wire, time);
        await socket.WriteAsync(Pong);
        await socket.WriteAsync(Text);
        Assert.That(wire.Length, Is.EqualTo(Pong.Length + Text.Length));

        var second = socket.WriteAsync(Pong).AsTask();
        time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.That(second.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromMilliseconds(1));
        await second;

        time.Advance(TimeSpan.FromSeconds(15));
        await socket.WriteAsync(Pong);
        Assert.That(wire.Length, Is.EqualTo((3 * Pong.Length) + Text.Length));
    }
}

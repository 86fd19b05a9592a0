using System.Threading.Channels;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// Relays the voice of a rehearsal's buyer to one connection, beside its events. A connection that is slower than the voice loses the rest
/// of the turn, which is counted: words without a gap are worth more than late ones. One reader, one sender.
/// </summary>
public sealed class SpeechRelay
{
    /// <summary>The most frames that wait: 4 s.</summary>
    public const int Capacity = 100;

    readonly Channel<SpeechFrame> frames = Channel.CreateBounded<SpeechFrame>(Capacity);
    string? lost;

    /// <summary>Relays a moment. Never waits.</summary>
    /// <param name="epoch">The ownership that counts.</param>
    public void Relay(SpeechFromWorker message, long epoch)
    {
        var frame = message.Frame;
        if (message.Epoch < epoch)
        {
            GatewayTelemetry.DropSpeech("oldEpoch");
            return;
        }

        if (frame.End == SpeechEnd.Stopped)
        {
            while (frames.Reader.TryRead(out _))
            {
                GatewayTelemetry.DropSpeech("stopped");
            }
        }

        if ((lost == frame.SegmentId && frame.End is null) || !frames.Writer.TryWrite(frame))
        {
            lost = frame.SegmentId;
            GatewayTelemetry.DropSpeech("listenerBehind");
        }
    }

    /// <summary>Sends what waits, until the connection is gone.</summary>
    public async Task Send(ICallClient client, CancellationToken gone)
    {
        await foreach (var frame in frames.Reader.ReadAllAsync(gone))
        {
            await client.ReceiveSpeech(frame);
        }
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>
/// Voices on their way to the gateway: one stream a connection, opened with the first frame. What waits too long is given up, oldest first,
/// and what was sent is never sent again: a voice does not wait. Every member is called under the client's lock.
/// </summary>
sealed class AudioSender : IDisposable
{
    /// <summary>Frames that wait at most: ten seconds of both voices in frames of 40 ms.</summary>
    public const int Capacity = 500;

    readonly CallLink link;
    readonly CallClientOptions options;
    readonly Lock gate;
    readonly CancellationToken stop;
    readonly Channel<AudioFrame> waiting;
    readonly Dictionary<Speaker, VoiceTrack> tracks =
        Enum.GetValues<Speaker>().ToDictionary(speaker => speaker, speaker => new VoiceTrack(speaker));
    CancellationTokenSource? connection;
    bool refused;

    public AudioSender(CallLink link, CallClientOptions options, Lock gate, CancellationToken stop)
    {
        (this.link, this.options, this.gate, this.stop) = (link, options, gate, stop);
        waiting = Channel.CreateBounded<AudioFrame>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            oldest =>
            {
                tracks[oldest.Speaker].Numbered(oldest);
                Dropped++;
            });
    }

    /// <summary>Frames given up.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes a moment of a voice.</summary>
    /// <param name="pcm">An even number of bytes.</param>
    /// <param name="startMs">When it began, on the call's clock.</param>
    /// <param name="endOfSpeech">A stretch of speech ends with it.</param>
    /// <param name="taken">False while nothing may leave the client: then it only counts.</param>
    public void Hear(Speaker speaker, ReadOnlyMemory<byte> pcm, double startMs, bool endOfSpeech, bool taken)
    {
        foreach (var frame in tracks[speaker].Cut(pcm, startMs, endOfSpeech))
        {
            if (taken && !refused)
            {
                waiting.Writer.TryWrite(frame);
            }
            else
            {
                Dropped++;
            }
        }

        Open();
    }

    /// <summary>What waits goes off the record, or belongs to a call that is over.</summary>
    public void Forget()
    {
        while (waiting.Reader.TryRead(out _))
        {
            Dropped++;
        }
    }

    /// <summary>The gateway may take voices that it refused before.</summary>
    public void Allow()
    {
        refused = false;
        Open();
    }

    /// <summary>The connection is back: what waits goes by a new stream.</summary>
    public void Resume()
    {
        refused = false;
        foreach (var track in tracks.Values)
        {
            track.Renumber();
        }

        Open();
    }

    /// <summary>The connection is gone, and its stream with it: frames wait.</summary>
    public void Hold()
    {
        connection?.Cancel();
        connection?.Dispose();
        connection = null;
    }

    public void Dispose() => Hold();

    void Open()
    {
        if (connection is null && link.IsOpen && !refused && waiting.Reader.TryPeek(out _))
        {
            connection = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _ = Stream(connection.Token);
        }
    }

    async Task Stream(CancellationToken held)
    {
        for (var attempt = 1; !held.IsCancellationRequested; attempt++)
        {
            try
            {
                await StreamOnce(held);
                return;
            }
            catch (CallDisconnectedException)
            {
                // The next connection gets a stream of its own.
                return;
            }
            catch (CallRefusedException error)
            {
                options.Trouble?.Invoke(error.Message);
                if (!error.MayRetry)
                {
                    GiveUp(held);
                    return;
                }
            }

            await RetryDelay.Wait(attempt, options, held);
        }
    }

    async Task StreamOnce(CancellationToken held)
    {
        using var stream = CancellationTokenSource.CreateLinkedTokenSource(held);
        try
        {
            await link.Invoke(nameof(ICallHub.SendAudio), Frames(stream.Token));
        }
        finally
        {
            // The gateway's refusal alone would leave the upload running, into nothing.
            await stream.CancelAsync();
        }
    }

    /// <summary>This gateway takes no voices: they are given up until another connection may know better.</summary>
    void GiveUp(CancellationToken held)
    {
        lock (gate)
        {
            if (!held.IsCancellationRequested)
            {
                refused = true;
                Forget();
            }
        }
    }

    async IAsyncEnumerable<AudioFrame> Frames([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await Waits(cancellationToken))
        {
            while (Next(cancellationToken) is { } frame)
            {
                yield return frame;
            }
        }
    }

    /// <summary>Waits for a frame; false once the stream is over, which SignalR then closes without an error.</summary>
    async ValueTask<bool> Waits(CancellationToken cancellationToken)
    {
        try
        {
            return await waiting.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    AudioFrame? Next(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return !cancellationToken.IsCancellationRequested && waiting.Reader.TryRead(out var frame)
                ? tracks[frame.Speaker].Numbered(frame)
                : null;
        }
    }
}

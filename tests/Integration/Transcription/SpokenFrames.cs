using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>Frames as a client sends them.</summary>
static class SpokenFrames
{
    public const int FrameMs = 30;

    /// <summary>A stretch of a channel, frame by frame as fast as it was spoken, on a clock that begins with it.</summary>
    public static IAsyncEnumerable<AudioFrame> Of(
        Speaker speaker, short[] channel, int fromMs, int toMs, CancellationToken cancellationToken) =>
        Of([(speaker, channel)], fromMs, toMs, cancellationToken);

    /// <summary>The same stretch of several channels, side by side; tells when its clock began.</summary>
    public static async IAsyncEnumerable<AudioFrame> Of(
        IReadOnlyList<(
            Speaker Speaker,
            short[] Channel)> voices, int fromMs, int toMs, [EnumeratorCancellation] CancellationToken cancellationToken, StrongBox<double>? began = null)
    {
        var started = Stopwatch.StartNew();
        began?.Value = ScriptedTranscriberServer.NowMs;
        for (var at = 0; fromMs + at + FrameMs <= toMs; at += FrameMs)
        {
            var due = TimeSpan.FromMilliseconds(at + FrameMs) - started.Elapsed;
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            foreach (var (speaker, channel) in voices)
            {
                var pcm = MemoryMarshal.AsBytes(channel.AsSpan((fromMs + at) * 16, FrameMs * 16)).ToArray();
                yield return new AudioFrame(speaker, at / FrameMs, at, pcm, EndOfSpeech: fromMs + at + (2 * FrameMs) > toMs);
            }
        }
    }
}

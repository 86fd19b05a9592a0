using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>Speaks a recording into a live call, as a client that listens would: speech only, as it is spoken.</summary>
/// <param name="wav">The recording.</param>
/// <param name="speakers">Who is on which channel.</param>
/// <param name="speed">1 for speaking pace.</param>
/// <param name="time">The clock.</param>
sealed class VoicePlayer(WavFile wav, IReadOnlyList<Speaker> speakers, double speed, TimeProvider time) : IPlayback
{
    /// <inheritdoc/>
    public TimeSpan Length => wav.Length;

    /// <inheritdoc/>
    public bool IsVoice => true;

    /// <inheritdoc/>
    public bool CameBack(ReplayTally tally) => true;

    /// <inheritdoc/>
    public async Task Play(CallClient client, CancellationToken stop)
    {
        // The recording's own clock goes on from the call's: a faster one runs ahead, and its pauses keep their length.
        var origin = client.Elapsed;
        var begun = time.GetTimestamp();
        var gates = speakers.Select(_ => new SpeechGate()).ToArray();
        var position = TimeSpan.Zero;
        foreach (var hop in wav.Hops())
        {
            position += SpeechGate.Hop;
            var wait = (position / speed) - time.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, stop);
            }

            stop.ThrowIfCancellationRequested();
            for (var channel = 0; channel < gates.Length; channel++)
            {
                Say(client, speakers[channel], gates[channel].Hear(hop[channel]), origin);
            }
        }

        for (var channel = 0; channel < gates.Length; channel++)
        {
            Say(client, speakers[channel], gates[channel].End(), origin);
        }
    }

    static void Say(CallClient client, Speaker speaker, SpokenPiece? piece, TimeSpan origin)
    {
        if (piece is { } spoken)
        {
            client.HearVoice(speaker, spoken.Pcm, spoken.EndOfSpeech, origin + spoken.At);
        }
    }
}

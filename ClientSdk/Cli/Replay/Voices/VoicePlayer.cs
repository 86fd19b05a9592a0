using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>Sends a recording to a live call at its pace, silence included: the worker finds the speech in it.</summary>
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
        // The times sent are those of the recording: at a higher speed they run ahead of the call's clock, and pauses keep their length.
        var origin = client.Elapsed;
        var begun = time.GetTimestamp();
        var position = TimeSpan.Zero;
        foreach (var frames in wav.Frames())
        {
            var start = position;
            position += WavFile.Frame;
            var wait = (position / speed) - time.GetElapsedTime(begun);
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, stop);
            }

            stop.ThrowIfCancellationRequested();
            foreach (var (speaker, pcm) in speakers.Zip(frames))
            {
                client.HearVoice(speaker, pcm, endOfSpeech: position >= wav.Length, origin + start);
            }
        }
    }
}

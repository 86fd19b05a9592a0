using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Replay.Voices;

/// <summary>Sends a recording to a live call at its pace, silence included: the worker finds the speech in it.</summary>
/// <param name="speakers">Who is on which channel.</param>
/// <param name="speed">1 for speaking pace.</param>
/// <param name="time">The clock.</param>
sealed class VoicePlayer(WavFile wav, IReadOnlyList<Speaker> speakers, double speed, TimeProvider time) : IPlayback
{
    public TimeSpan Length => wav.Length;

    public bool IsVoice => true;

    public bool CameBack(ReplayTally tally) => true;

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

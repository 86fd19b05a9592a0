using Teleprompter.ClientSdk;

namespace Teleprompter.Cli.Replay;

/// <summary>A recorded call that can be put into a live one.</summary>
interface IPlayback
{
    /// <summary>How long it is, in its own time.</summary>
    TimeSpan Length { get; }

    /// <summary>Whether it sends audio, which the gateway must turn into words.</summary>
    bool IsVoice { get; }

    /// <summary>Plays it to its end.</summary>
    Task Play(CallClient client, CancellationToken stop);

    /// <summary>
    /// Whether the end of it has come back from the gateway; always true for audio, whose end shows as a time without events.
    /// </summary>
    bool CameBack(ReplayTally tally);
}

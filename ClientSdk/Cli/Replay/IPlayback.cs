using Teleprompter.ClientSdk;

namespace Teleprompter.Cli.Replay;

/// <summary>A recorded call that can be put into a live one.</summary>
interface IPlayback
{
    /// <summary>How long it is, in its own time.</summary>
    TimeSpan Length { get; }

    /// <summary>Whether it is heard, so that the gateway must turn voices into words.</summary>
    bool IsVoice { get; }

    /// <summary>Plays it to its end.</summary>
    /// <param name="client">The live call.</param>
    /// <param name="stop">Stops speaking.</param>
    Task Play(CallClient client, CancellationToken stop);

    /// <summary>Whether the last of it has come back from the gateway. Voices cannot tell: there, a while without an event says it.</summary>
    /// <param name="tally">What came back.</param>
    bool CameBack(ReplayTally tally);
}

using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>What a run of <c>audio</c> found.</summary>
/// <param name="Calls">Calls, of two voices each.</param>
/// <param name="Seconds">How long it was measured.</param>
/// <param name="Transcriber">What transcribed.</param>
/// <param name="FramesSent">Frames sent, from the beginning.</param>
/// <param name="FramesLost">Frames that the gateway refused or the worker missed.</param>
/// <param name="Words">From the true end of a turn to its final words on the wire.</param>
/// <param name="Use">Who used the processors.</param>
sealed record AudioReport(
    int Calls, double Seconds, string Transcriber, long FramesSent, long FramesLost, LatencyReport Words, AudioUse Use)
{
    /// <summary>The worker's processor time a voice, in percent of a core.</summary>
    public double WorkerCpuPerStream => Use.Worker.CpuPercent / (2 * Calls);

    /// <summary>The gateway's processor time a voice, in percent of a core.</summary>
    public double GatewayCpuPerStream => Use.Gateway.CpuPercent / (2 * Calls);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        audio: {Calls} calls of two voices in real time over {Seconds:F0} s, gateway and worker apart over Redis; {Transcriber}

        frames                 {FramesSent} sent, {FramesLost} lost
        {LatencyReport.Heading}
        end of turn to words  {Words}
        worker CPU a voice     {WorkerCpuPerStream:F3} % of a core, its requests to the transcriber included
        gateway CPU a voice    {GatewayCpuPerStream:F3} % of a core
        gateway                {Use.Gateway}
        worker                 {Use.Worker}
        redis                  {Use.Redis}
        load client            {Use.Client} (with the transcriber)
        machine: {Use.Machine}
        """);
}

using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Tells the gateway how far a client has played the buyer's voice, until its call is over.</summary>
sealed class SpeechPlayer
{
    // More often than a client must.
    static readonly TimeSpan ReportEvery = TimeSpan.FromMilliseconds(250);

    readonly FaultClient client;

    public SpeechPlayer(FaultClient client)
    {
        this.client = client;
        _ = Report();
    }

    /// <summary>What was played so far.</summary>
    public IReadOnlyList<PlayedTurn> Turns => PlayedTurn.All(client.Sightings, ScriptedModelServer.NowMs);

    async Task Report()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        for (; !client.Over; await Task.Delay(ReportEvery))
        {
            foreach (var turn in Turns.Where(turn => !told.Contains(turn.SegmentId)))
            {
                if (await Tell(turn) && turn.Over)
                {
                    told.Add(turn.SegmentId);
                }
            }
        }
    }

    /// <returns>False where there is no connection to tell it by.</returns>
    async Task<bool> Tell(PlayedTurn turn)
    {
        try
        {
            await client.Invoke("ReportSpeech", new SpeechReport(turn.SegmentId, (long)turn.PlayedMs));
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or HubException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}

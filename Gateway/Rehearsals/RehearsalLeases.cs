using Teleprompter.Bus;

namespace Teleprompter.Gateway.Rehearsals;

/// <summary>Extends the leases of this gateway's rehearsals for as long as it has their connections.</summary>
public sealed class RehearsalLeases(RehearsalGate gate, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RehearsalGate.LeaseLength / 3, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await gate.ExtendLeases(stoppingToken);
            }
            catch (CallStoreUnavailableException)
            {
                // Leases that expire meanwhile let a rep begin a second rehearsal, which harms nobody.
            }
        }
    }
}

using Teleprompter.Bus;
using Teleprompter.Gateway.Rehearsals;

namespace Teleprompter.Gateway.Hub;

/// <summary>Extends the leases of this gateway's calls for as long as it has their connections.</summary>
public sealed class CallLeases(CallAdmission admission, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RehearsalGate.LeaseLength / 3, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await admission.ExtendLeases(stoppingToken);
            }
            catch (CallStoreUnavailableException)
            {
                // Leases that expire meanwhile let somebody have more calls for a while, which harms nobody.
            }
        }
    }
}

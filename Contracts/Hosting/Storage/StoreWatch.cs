using Microsoft.Extensions.Hosting;
using Teleprompter.Bus;

namespace Teleprompter.Hosting.Storage;

/// <summary>Looks every half second whether the store answers, and whether it is still the one that kept the calls.</summary>
/// <param name="time">The clock.</param>
public sealed class StoreWatch(ICallStore store, TimeProvider time) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long owners have to put their calls back after the store lost them; until then an unknown call may only be not back yet.
    /// </summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(3);

    readonly SemaphoreSlim looking = new(1, 1);
    string? incarnation;
    long unsettledSince = time.GetTimestamp();
    bool unsettled;

    /// <summary>The store went away, came back, or lost what it kept.</summary>
    public event EventHandler<StoreChangedEventArgs>? Changed;

    /// <summary>It does not answer.</summary>
    public bool IsAway { get; private set; }

    /// <summary>
    /// Looks now whether the store is away, or came back so recently that calls may still be missing from it: it may have lost everything
    /// since it was last looked at.
    /// </summary>
    /// <returns>Whether calls may be missing.</returns>
    public async Task<bool> MayMissCalls(CancellationToken cancellationToken)
    {
        await Look().WaitAsync(cancellationToken);
        return IsAway || (unsettled && time.GetElapsedTime(unsettledSince) < Recovery);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Look()
    {
        await looking.WaitAsync(CancellationToken.None);
        try
        {
            var current = await store.Incarnation();
            var before = incarnation;
            incarnation = current;
            if (before is not null && before != current)
            {
                Become(StoreChange.Lost);
            }
            else if (IsAway)
            {
                Become(StoreChange.Back);
            }
        }
        catch (CallStoreUnavailableException)
        {
            if (!IsAway)
            {
                Become(StoreChange.Away);
            }
        }
        finally
        {
            looking.Release();
        }
    }

    public override void Dispose()
    {
        looking.Dispose();
        base.Dispose();
    }

    void Become(StoreChange change)
    {
        IsAway = change == StoreChange.Away;
        (unsettled, unsettledSince) = (true, time.GetTimestamp());
        Changed?.Invoke(this, new StoreChangedEventArgs(change));
    }
}

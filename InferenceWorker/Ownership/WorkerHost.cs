using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Storage;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>The worker: says that it lives, holds its lease by hearing itself, and passes on what it hears. Any of its loops that ends ends the process.</summary>
/// <param name="services">What its calls share.</param>
/// <param name="calls">The calls it owns.</param>
/// <param name="playbook">Its cards.</param>
/// <param name="store">Tells when the store goes away, comes back, or has lost its data.</param>
/// <param name="logger">Logs without customer words.</param>
public sealed partial class WorkerHost(CallServices services, OwnedCalls calls, PlaybookLibrary playbook, StoreWatch store, ILogger<WorkerHost> logger)
    : BackgroundService
{
    static readonly string Version = typeof(WorkerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    readonly Lock leaseEdge = new();
    bool silent;
    volatile bool draining;

    /// <summary>This worker's name on the bus, new with every start: a restarted worker remembers nothing and must not be taken for the old one.</summary>
    public string WorkerId => services.Ledger.WorkerId;

    /// <summary>Says at once that this worker takes no new calls and wants to be rid of those it has.</summary>
    public void StartDraining()
    {
        draining = true;
        SayAlive();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var inbox = await services.Bus.Subscribe(BusChannels.Worker(WorkerId), stoppingToken);
        await using var gateways = await services.Bus.Subscribe(BusChannels.Gateways(WorkerId), stoppingToken);
        await using var workers = await services.Bus.Subscribe(BusChannels.Workers, stoppingToken);
        services.Model.Model.StateChanged += (_, _) => calls.TellAll(new ModelStateMoved());
        services.Transcription.StateChanged += (_, _) => calls.TellAll(new TranscriberMoved());
        store.Changed += (_, changed) => TellCalls(changed.Change);
        // It has no calls yet: starting slowly takes nobody's place.
        services.Lease.Confirm(services.Time.GetTimestamp());
        LogStarted(WorkerId);
        await await Task.WhenAny(
            Beat(stoppingToken),
            Each(workers, HearSelf, stoppingToken),
            Each(gateways, heartbeat => calls.Hear(heartbeat, stoppingToken), stoppingToken),
            Each(inbox, message => calls.Give(message, stoppingToken), stoppingToken));
    }

    async Task Beat(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerHeartbeat.Interval, services.Time);
        do
        {
            SayAlive();
            calls.Sweep();
            FallSilent();
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    void SayAlive()
    {
        var heartbeat = new WorkerHeartbeat(
            WorkerId, Version, services.Time.GetTimestamp(), calls.Beats, draining, playbook.Current.Version, playbook.Errors.Count);
        _ = services.Bus.Publish(BusChannels.Workers, heartbeat);
    }

    void FallSilent()
    {
        lock (leaseEdge)
        {
            if (!silent && !services.Lease.Held)
            {
                silent = true;
                LogLeaseLost();
                calls.TellAll(new LeaseLost());
            }
        }
    }

    void HearSelf(WorkerHeartbeat heartbeat)
    {
        if (heartbeat.WorkerId != WorkerId)
        {
            return;
        }

        // Together with FallSilent: the last thing a call is told must be how the lease stands.
        lock (leaseEdge)
        {
            if (services.Lease.Confirm(heartbeat.SentAt))
            {
                silent = false;
                LogLeaseRegained();
                calls.TellAll(new RecheckWanted());
            }
        }
    }

    void TellCalls(StoreChange change) => calls.TellAll(change switch
    {
        StoreChange.Away => new StorageChanged(StorageState.Unavailable),
        StoreChange.Back => new StorageChanged(StorageState.Ready),
        _ => new RecheckWanted(),
    });

    static async Task Each<T>(IBusSubscription<T> messages, Action<T> handle, CancellationToken cancellationToken)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            handle(message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Worker {WorkerId} is ready")]
    partial void LogStarted(string workerId);

    [LoggerMessage(LogLevel.Warning, "This worker's heartbeats do not come back: it falls silent until they do")]
    partial void LogLeaseLost();

    [LoggerMessage(LogLevel.Warning, "This worker's heartbeats come back: it reads its calls again")]
    partial void LogLeaseRegained();
}

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

/// <summary>
/// The worker: publishes its heartbeats, holds its lease by receiving them, and dispatches what it receives to its calls. The end of any of
/// its loops ends the process.
/// </summary>
/// <param name="store">Reports when the store goes away, comes back, or has lost its data.</param>
public sealed partial class WorkerHost(
    CallServices services, OwnedCalls calls, PlaybookLibrary playbook, StoreWatch store, ILogger<WorkerHost> logger)
    : BackgroundService
{
    static readonly string Version =
        typeof(WorkerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    readonly LeaseWatch lease = new(services.Lease, calls.PostAll);
    volatile bool draining;

    /// <inheritdoc cref="Dashboard.WorkerLedger.WorkerId"/>
    public string WorkerId => services.Ledger.WorkerId;

    /// <summary>Announces at once that this worker takes no new calls and that those it has must move.</summary>
    public void StartDraining()
    {
        draining = true;
        PublishHeartbeat();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var inbox = await services.Bus.Subscribe(BusChannels.Worker(WorkerId), stoppingToken);
        await using var gateways = await services.Bus.Subscribe(BusChannels.Gateways(WorkerId), stoppingToken);
        await using var workers = await services.Bus.Subscribe(BusChannels.Workers, stoppingToken);
        services.Model.Model.StateChanged += (_, _) => calls.PostAll(new ModelStateMoved());
        services.Transcription.StateChanged += (_, _) => calls.PostAll(new TranscriberMoved());
        store.Changed += (_, changed) => calls.PostAll(changed.Change switch
        {
            StoreChange.Away => new StorageChanged(StorageState.Unavailable),
            StoreChange.Back => new StorageChanged(StorageState.Ready),
            _ => new RecheckWanted(),
        });
        // It has no calls yet, so a slow start harms nobody.
        services.Lease.Confirm(services.Time.GetTimestamp());
        LogStarted(WorkerId);
        await await Task.WhenAny(
            Beat(stoppingToken),
            Each(workers, ConfirmLease, stoppingToken),
            Each(gateways, heartbeat => calls.Compare(heartbeat, stoppingToken), stoppingToken),
            Each(inbox, message => calls.Dispatch(message, stoppingToken), stoppingToken));
    }

    async Task Beat(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerHeartbeat.Interval, services.Time);
        do
        {
            PublishHeartbeat();
            calls.DetachSilent();
            if (lease.HasRunOut())
            {
                LogLeaseLost();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    void PublishHeartbeat()
    {
        var (version, errors) = (playbook.Current.Version, playbook.Errors.Count);
        var heartbeat = new WorkerHeartbeat(
            WorkerId, Version, services.Time.GetTimestamp(), calls.Beats, draining, version, errors, Silent: !services.Lease.Held)
        {
            Personas = [.. services.Stages.Personas().Select(persona => persona.View)],
        };
        _ = services.Bus.Publish(BusChannels.Workers, heartbeat);
    }

    void ConfirmLease(WorkerHeartbeat heartbeat)
    {
        if (heartbeat.WorkerId == WorkerId && lease.Confirm(heartbeat.SentAt))
        {
            LogLeaseRegained();
            PublishHeartbeat();
        }
    }

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

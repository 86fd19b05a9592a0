using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Inference;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker;

/// <summary>The worker: says that it lives, and gives each input to the call it belongs to.</summary>
/// <param name="services">What its calls share.</param>
/// <param name="playbook">Its cards.</param>
/// <param name="loggers">Makes the calls' loggers.</param>
/// <param name="logger">Logs without customer words.</param>
public sealed partial class WorkerHost(CallServices services, PlaybookLibrary playbook, ILoggerFactory loggers, ILogger<WorkerHost> logger) : BackgroundService
{
    static readonly string Version = typeof(WorkerHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";

    readonly ConcurrentDictionary<string, Call> calls = new(StringComparer.Ordinal);

    /// <summary>This worker's name on the bus, new with every start: a restarted worker remembers nothing and must not be taken for the old one.</summary>
    public string WorkerId { get; } = $"w-{Guid.CreateVersion7():N}";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var inbox = await services.Bus.Subscribe(BusChannels.Worker(WorkerId), stoppingToken);
        services.Model.Model.StateChanged += TellCalls;
        LogStarted(WorkerId);
        var heartbeats = SendHeartbeats(stoppingToken);
        var inputs = GiveInputs(inbox, stoppingToken);
        await await Task.WhenAny(heartbeats, inputs);
    }

    void TellCalls(object? sender, EventArgs args)
    {
        foreach (var call in calls.Values)
        {
            call.TryPost(new ModelStateMoved());
        }
    }

    async Task SendHeartbeats(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(WorkerHeartbeat.Interval, services.Time);
        do
        {
            var heartbeat = new WorkerHeartbeat(
                WorkerId, Version, calls.Count, Draining: false, playbook.Current.Version, playbook.Errors.Count);
            await services.Bus.Publish(BusChannels.Workers, heartbeat);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    async Task GiveInputs(IBusSubscription<ToWorker> inbox, CancellationToken cancellationToken)
    {
        await foreach (var message in inbox.WithCancellation(cancellationToken))
        {
            Give(message, cancellationToken);
        }
    }

    void Give(ToWorker message, CancellationToken cancellationToken)
    {
        if (Find(message, cancellationToken)?.TryPost(message.Input) != true)
        {
            WorkerTelemetry.DropInput("notMyCall");
        }
    }

    /// <summary>The call a message belongs to. A client that attaches brings its call with it: it is taken from the store.</summary>
    Call? Find(ToWorker message, CancellationToken cancellationToken)
    {
        if (calls.TryGetValue(message.CallId, out var call) && call.Epoch == message.Epoch && !call.IsOver)
        {
            return call;
        }

        if (message.Input is not ClientAttached || call?.Epoch > message.Epoch)
        {
            return null;
        }

        var taken = new Call(message.CallId, message.Epoch, services, loggers.CreateLogger<Call>());
        calls[message.CallId] = taken;
        call?.Retire();
        _ = RunToItsEnd(message.CallId, taken, cancellationToken);
        return taken;
    }

    async Task RunToItsEnd(string callId, Call call, CancellationToken cancellationToken)
    {
        try
        {
            var late = await call.Run(cancellationToken);
            calls.TryRemove(KeyValuePair.Create(callId, call));
            foreach (var input in late)
            {
                Give(new ToWorker(callId, call.Epoch, Seq: 0, input), cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
        catch (CallStoreUnavailableException)
        {
            LogCallNotTaken(callId);
        }
        finally
        {
            calls.TryRemove(KeyValuePair.Create(callId, call));
        }
    }

    [LoggerMessage(LogLevel.Information, "Worker {WorkerId} is ready")]
    partial void LogStarted(string workerId);

    [LoggerMessage(LogLevel.Warning, "Call {CallId} could not be taken: the store is away")]
    partial void LogCallNotTaken(string callId);
}

using Microsoft.Extensions.Hosting;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>Warms the model before the worker takes calls, and looks every second whether a failed one is back.</summary>
sealed class ModelReadiness(LanguageModel model, TimeProvider time) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await model.WarmUp(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await model.Probe(stoppingToken);
        }
    }
}

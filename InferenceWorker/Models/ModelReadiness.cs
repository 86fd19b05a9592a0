using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Warms connection, sign-in and compiled code before the worker takes calls, and looks every second whether a model that rests is back. A model that
/// cannot be warmed is logged and keeps nobody from starting.
/// </summary>
sealed partial class ModelReadiness(ModelSet models, ILanguageModel language, TimeProvider time, ILogger<ModelReadiness> logger) : BackgroundService
{
    static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    static readonly ModelPrompt Tiny = new([new PromptMessage(PromptRole.User, "Say ok.")], MaxTokens: 1);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (models.MayBeAsked)
        {
            var warm = await Task.WhenAll(models.All.Select(model => WarmUp(model, cancellationToken)));
            if (Array.TrueForAll(warm, isWarm => isWarm))
            {
                await WarmUpCode(cancellationToken);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (models.MayBeAsked)
            {
                // A breaker that has not rested long enough refuses its probe itself.
                await Task.WhenAll(models.All.Where(model => model.Breaker.IsOpen).Select(model => model.Breaker.Probe(
                    async cancellation => await Fault(model, cancellation) is not { CountsAgainstModel: true }, stoppingToken)));
            }
        }
    }

    async Task<bool> WarmUp(ChatModel model, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (await Fault(model, cancellation) is { } fault)
        {
            LogCold(fault, model.Name);
            return false;
        }

        LogWarm(model.Name, time.GetElapsedTime(started).TotalMilliseconds);
        return true;
    }

    /// <summary>Goes a suggestion's own way, whose code is compiled at its first use.</summary>
    async Task WarmUpCode(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in language.Stream(Tiny, cancellation).Merge(DeltaMerger.Window, time, cancellation))
            {
            }
        }
        catch (ModelException fault)
        {
            LogCold(fault, models.Options.Name!);
        }
    }

    /// <summary>Asks for one token and reads to the end, which leaves the connection warm; null when it answered.</summary>
    async Task<ModelException?> Fault(ChatModel model, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await ModelStream.Open(model, Tiny, models.Options.FirstTokenTimeout, models.Options, time, cancellation);
            while (await stream.Next() is not null)
            {
            }

            return null;
        }
        catch (ModelException fault)
        {
            return fault;
        }
    }

    [LoggerMessage(LogLevel.Information, "Model {Model} is warm after {Milliseconds:0} ms.")]
    partial void LogWarm(string model, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Model {Model} did not answer the warm-up; the first suggestion may be late or come from the playbook.")]
    partial void LogCold(Exception fault, string model);
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Warms connection, sign-in and compiled code before the worker takes calls, and asks every second whether a model that rests is back. A
/// server that loads a model at its first request, and stops when the one who asked leaves, is asked with patience; meanwhile the playbook
/// answers. A model that cannot be warmed is logged and keeps nobody from starting.
/// </summary>
sealed partial class ModelReadiness(ModelSet models, ILanguageModel language, TimeProvider time, ILogger<ModelReadiness> logger)
    : BackgroundService
{
    static readonly TimeSpan every = TimeSpan.FromSeconds(1);

    // Large models take minutes from a slow disk.
    static readonly TimeSpan loadingTakes = TimeSpan.FromMinutes(10);

    static readonly ModelPrompt probe = new([new PromptMessage(PromptRole.User, "Say ok.")], MaxTokens: 1, ModelUse.Probe);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        var loading = models.All.ToDictionary(model => model, _ => Task.CompletedTask);
        do
        {
            if (models.MayBeAsked)
            {
                foreach (var model in models.All.Where(model => model.TooSlow && loading[model].IsCompleted))
                {
                    loading[model] = Load(model, stoppingToken);
                }

                await Task.WhenAll(models.All.Where(model => !model.Answers).Select(model => Probe(model, stoppingToken)));
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task<bool> WarmUp(ChatModel model, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        if (await Ask(model, models.Options.FirstTokenTimeout, cancellation) is { } fault)
        {
            LogCold(fault, model.Name);
            models.SetLoading(model, model.TooSlow);
            return false;
        }

        LogWarm(model.Name, time.GetElapsedTime(started).TotalMilliseconds);
        return true;
    }

    /// <summary>Takes the way of a suggestion, whose code is compiled at its first use.</summary>
    async Task WarmUpCode(CancellationToken cancellation)
    {
        try
        {
            await foreach (var _ in language.Stream(probe, cancellation))
            {
            }
        }
        catch (ModelException fault)
        {
            LogCold(fault, models.Options.Name!);
        }
    }

    /// <summary>Asks a model that does not answer as briefly as a call would.</summary>
    async Task Probe(ChatModel model, CancellationToken cancellation)
    {
        if (!model.Breaker.IsOpen)
        {
            await Ask(model, models.Options.FirstTokenTimeout, cancellation);
            return;
        }

        // A breaker that has not rested long enough refuses its probe itself.
        await model.Breaker.Probe(
            async token => await Ask(model, models.Options.FirstTokenTimeout, token) is not { CountsAgainstModel: true }, cancellation);
    }

    /// <summary>Waits for a model that was too slow, until this request or another one is answered.</summary>
    async Task Load(ChatModel model, CancellationToken cancellation)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var started = time.GetTimestamp();
        var asked = Ask(model, loadingTakes, answered.Token);
        while (await Task.WhenAny(asked, Task.Delay(every, time, cancellation)) != asked && model.TooSlow)
        {
            if (!model.Loading && time.GetElapsedTime(started) > models.Options.FirstTokenTimeout)
            {
                LogLoading(model.Name);
                models.SetLoading(model, loading: true);
            }
        }

        await answered.CancelAsync();
        await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        model.TooSlow = false;
        models.SetLoading(model, loading: false);
        LogWarm(model.Name, time.GetElapsedTime(started).TotalMilliseconds);
    }

    /// <summary>Asks for one token and reads to the end, which leaves the connection warm; null when it answered.</summary>
    async Task<ModelException?> Ask(ChatModel model, TimeSpan patience, CancellationToken cancellation)
    {
        try
        {
            await using var stream = await ModelStream.Open(model, probe, patience, models.Options, time, cancellation);
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

    [LoggerMessage(LogLevel.Warning,
        "Model {Model} did not answer the warm-up; the first suggestion may be late or come from the playbook.")]
    partial void LogCold(Exception fault, string model);

    [LoggerMessage(LogLevel.Warning,
        "Model {Model} does not answer; its server may be loading it. It is waited for, and the playbook answers meanwhile.")]
    partial void LogLoading(string model);
}

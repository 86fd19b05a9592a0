using Polly;
using Polly.CircuitBreaker;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// The circuit breaker of one model. Answers and failures are reported to it, so that what was cancelled counts as neither. While it is
/// open no call asks the model; <see cref="Probe"/> closes it, so that no rep waits for an experiment.
/// </summary>
sealed class ModelBreaker
{
    readonly CircuitBreakerStateProvider state = new();
    readonly ResiliencePipeline<bool> circuit;

    /// <param name="options">When it opens and for how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Called with true when it opened, with false when it closed.</param>
    public ModelBreaker(ModelOptions options, TimeProvider time, Action<bool> changed)
    {
        circuit = new ResiliencePipelineBuilder<bool> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                ShouldHandle = arguments => ValueTask.FromResult(!arguments.Outcome.Result),
                FailureRatio = options.BreakerFailureRatio,
                MinimumThroughput = options.BreakerMinimumRequests,
                SamplingDuration = options.BreakerWindow,
                BreakDuration = options.BreakDuration,
                StateProvider = state,
                OnOpened = _ => Told(changed, opened: true),
                OnClosed = _ => Told(changed, opened: false),
            })
            .Build();
    }

    /// <summary>Whether the model may not be asked.</summary>
    public bool IsOpen => state.CircuitState != CircuitState.Closed;

    /// <summary>Reports how a request went. While open, only probes count.</summary>
    /// <param name="answered">False for a failure that speaks against the model.</param>
    public async ValueTask Report(bool answered)
    {
        if (!IsOpen)
        {
            var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
            await circuit.ExecuteOutcomeAsync(static (_, answered) => Outcome.FromResultAsValueTask(answered), context, answered);
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Asks the model once if it has rested long enough, and closes or stays open by the answer.</summary>
    public async Task Probe(Func<CancellationToken, ValueTask<bool>> answers, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        await circuit.ExecuteOutcomeAsync(
            static async (context, answers) => Outcome.FromResult(await answers(context.CancellationToken)), context, answers);
        ResilienceContextPool.Shared.Return(context);
    }

    static ValueTask Told(Action<bool> changed, bool opened)
    {
        changed(opened);
        return ValueTask.CompletedTask;
    }
}

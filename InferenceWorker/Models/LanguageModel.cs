using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models.Hedging;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Asks the configured models: one retry or the fallback model, only before the first token and within its time; never a model whose
/// circuit breaker is open. A rate limit narrows the gate.
/// </summary>
sealed partial class LanguageModel(
    ModelSet models, HedgedModel hedged, FastModel fast, AdmissionGate gate, TimeProvider time, ILogger<LanguageModel> logger)
    : ILanguageModel
{
    public event EventHandler? StateChanged
    {
        add => models.StateChanged += value;
        remove => models.StateChanged -= value;
    }

    public ModelState State => models.State;

    public async IAsyncEnumerable<AnswerPart> Stream(
        ModelPrompt prompt, [EnumeratorCancellation] CancellationToken cancellation, CancellationToken tooLate = default)
    {
        using var request = ModelTelemetry.ModelRequest();
        await using var stream = await request.Watch(Open(prompt, cancellation, tooLate));
        for (var part = stream.First; part is not null; part = await request.Watch(stream.Next()))
        {
            yield return part;
        }

        request.Answered();
    }

    async ValueTask<ModelStream> Open(ModelPrompt prompt, CancellationToken cancellation, CancellationToken tooLate)
    {
        if (!models.MayBeAsked)
        {
            throw new ModelException(ModelFailure.SwitchedOff);
        }

        var started = time.GetTimestamp();
        var route = models.Route(prompt.Use, prompt.Use == ModelUse.Suggestion && fast.Writes());
        ModelException? failure = null;
        for (var i = 0; i < route.Count; i++)
        {
            var left = models.Options.FirstTokenTimeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || tooLate.IsCancellationRequested
                || (failure is not null && route[i] == route[i - 1] && !CuredByAMoment(failure)))
            {
                break;
            }

            var fallbackWaits = i + 1 < route.Count && route[i + 1] != route[i];
            var patience = fallbackWaits && models.Options.FallbackAfter < left ? models.Options.FallbackAfter : left;
            try
            {
                return await hedged.Open(route[i], prompt, patience, cancellation, tooLate);
            }
            catch (ModelException fault)
            {
                failure = fault;
                if (fault.Failure == ModelFailure.RateLimited)
                {
                    LogThrottled(route[i].Name, fault.RetryAfter);
                    gate.Narrow(fault.RetryAfter);
                }
            }
        }

        throw failure ?? new ModelException(ModelFailure.CircuitOpen);
    }

    static bool CuredByAMoment(ModelException failure) => failure.Failure is ModelFailure.ServerError or ModelFailure.BrokenStream;

    [LoggerMessage(LogLevel.Warning, "Model {Model} is rate limited (retry after {RetryAfter}); fewer suggestions are written at once.")]
    partial void LogThrottled(string model, TimeSpan? retryAfter);
}

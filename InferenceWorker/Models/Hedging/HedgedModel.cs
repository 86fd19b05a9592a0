using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Teleprompter.InferenceWorker.Admission;

namespace Teleprompter.InferenceWorker.Models.Hedging;

/// <summary>
/// Asks a model for a suggestion, and another one as well where the first words are late: those that come first are the answer, and
/// the other stream is closed. Polly's hedging strategy does not fit: an attempt's cancellation token ends when the attempt has a result,
/// and here the result is a stream that is read on; and it decides once, where a budget that is empty now may have something left later.
/// </summary>
/// <param name="gate">Lends a slot to the second request, which yields it to any call that needs it.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears now and then that models are slow.</param>
[SuppressMessage("Usage", "VSTHRD003", Justification = "Both requests are begun here and run on the thread pool.")]
sealed partial class HedgedModel(ModelSet models, AdmissionGate gate, TimeProvider time, ILogger<HedgedModel> logger)
{
    // Of 20 times the percentile is the slowest but one. Times that are 1.3 times as long belong to stragglers, not to the usual spread;
    // and where all take about the same, one that is not as much slower than usual has its words before another request could.
    const int FewestTimes = 20;
    const double Late = 0.95;
    const double Usual = 0.5;
    const double VeryLate = 1.3;

    static readonly TimeSpan again = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan saidEvery = TimeSpan.FromMinutes(10);

    readonly HedgeBudget budget = new(models.Options.HedgeExtra);
    readonly Lock sync = new();
    long asked;
    long saidAt = long.MinValue;

    /// <summary>After how long first words are late, judged by those that came before.</summary>
    /// <returns>The 95th percentile, and no less than 1.3 times the median; null before 20 times were measured.</returns>
    public static TimeSpan? LateAfter(FirstWordsTimes times) =>
        times.Percentile(Late, FewestTimes) is { } slow && times.Percentile(Usual, FewestTimes) is { } usual
            ? TimeSpan.FromTicks(Math.Max(slow.Ticks, (VeryLate * usual).Ticks))
            : null;

    /// <summary>Waits for the first words of an answer.</summary>
    /// <param name="tooLate">Withdraws it as well: a failure of the model.</param>
    /// <exception cref="ModelException">No model had words. It is the failure of <paramref name="model"/>.</exception>
    public async Task<ModelStream> Open(
        ChatModel model, ModelPrompt prompt, TimeSpan patience, CancellationToken cancellation, CancellationToken tooLate)
    {
        if (prompt.Use != ModelUse.Suggestion || models.Options.HedgeExtra <= 0)
        {
            return await ModelStream.Open(model, prompt, patience, models.Options, time, cancellation, tooLate);
        }

        lock (sync)
        {
            budget.Earn();
        }

        var started = time.GetTimestamp();
        var first = new Attempt(model, started);
        first.Begin(lost => ModelStream.Open(model, prompt, patience, models.Options, time, cancellation, tooLate, lost));
        var hedge = models.HedgeOf(model);
        if (await MayAskAsWell(first, hedge, patience) is not { } second)
        {
            return await first.Stream;
        }

        var left = patience - time.GetElapsedTime(started);
        LogNowAndThen(model.Name, time.GetElapsedTime(started), hedge.Name);
        second.Begin(lost => ModelStream.Open(hedge, prompt, left, models.Options, time, cancellation, tooLate, lost));
        return await Sooner(first, second);
    }

    /// <summary>Waits until the first words are late and another request may be made.</summary>
    /// <returns>The second request, with its slot; null when the first one is over before.</returns>
    async Task<Attempt?> MayAskAsWell(Attempt first, ChatModel hedge, TimeSpan patience)
    {
        var late = LateAfter(first.Model.FirstWords) ?? models.Options.HedgeAfter;
        var refusal = HedgeDecision.Ask;
        using var over = new CancellationTokenSource();
        for (var wait = late; time.GetElapsedTime(first.Started) + wait < patience; wait = again)
        {
            if (await Task.WhenAny(first.Stream, Task.Delay(wait, time, over.Token)) == first.Stream)
            {
                break;
            }

            refusal = TryAsk(hedge, veryLate: time.GetElapsedTime(first.Started) >= VeryLate * late, out var second);
            if (second is not null)
            {
                return second;
            }
        }

        await over.CancelAsync();
        if (refusal != HedgeDecision.Ask)
        {
            HedgeTelemetry.Refuse(refusal);
        }

        return null;
    }

    HedgeDecision TryAsk(ChatModel hedge, bool veryLate, out Attempt? second)
    {
        second = null;
        lock (sync)
        {
            var decision = budget.TrySpend(hedge.Answers, gate.Load, veryLate);
            if (decision != HedgeDecision.Ask)
            {
                return decision;
            }

            second = new Attempt(hedge, time.GetTimestamp());
            second.Place = gate.TryAskSpare($"hedge/{++asked}", second.Yield);
            if (second.Place is not null)
            {
                return decision;
            }

            // Work that yields as well has the slots.
            second = null;
            budget.GiveBack();
            return HedgeDecision.SlotsShort;
        }
    }

    async Task<ModelStream> Sooner(Attempt first, Attempt second)
    {
        await Task.WhenAny(first.Stream, second.Stream);
        if (!first.Answered && !second.Answered)
        {
            // One of them failed.
            await Task.WhenAny(first.Stream.IsCompleted ? second.Stream : first.Stream);
        }

        var (winner, loser) = !first.Answered && second.Answered ? (second, first) : (first, second);
        HedgeTelemetry.End(
            winner == second ? "won"
            : second.Yielded ? "yielded"
            : second.Stream.IsFaulted ? "failed"
            : first.Answered ? "lost" : "cancelled");
        if (loser == first && !first.Stream.IsCompleted)
        {
            // That long it took at least. Without it the models would seem faster the more they are hedged.
            first.Model.FirstWords.Add(time.GetElapsedTime(first.Started));
        }

        _ = Close(loser, second.Place!);
        var stream = await winner.Stream;
        stream.Hedged = true;
        return stream;
    }

    /// <summary>The stream of the call has the call's own slot, whichever won.</summary>
    async Task Close(Attempt loser, AdmissionTicket place)
    {
        await loser.Close();
        gate.Release(place);
    }

    void LogNowAndThen(string model, TimeSpan waited, string hedge)
    {
        lock (sync)
        {
            if (saidAt != long.MinValue && time.GetElapsedTime(saidAt) < saidEvery)
            {
                return;
            }

            saidAt = time.GetTimestamp();
        }

        LogHedge(model, waited.TotalMilliseconds, hedge, saidEvery.TotalMinutes);
    }

    [LoggerMessage(
        LogLevel.Information,
        "Model {Model} had no words after {Milliseconds:0} ms; {Hedge} was asked as well. Said once in {Minutes} minutes; "
        + "teleprompter.model.hedges counts them all.")]
    partial void LogHedge(string model, double milliseconds, string hedge, double minutes);

    /// <summary>One of the two requests.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "The gate may still cancel it while the stream ends, and it holds no timer.")]
    sealed class Attempt(ChatModel model, long started)
    {
        readonly CancellationTokenSource lost = new();

        public ChatModel Model => model;

        public long Started => started;

        public Task<ModelStream> Stream { get; private set; } = null!;

        public AdmissionTicket? Place { get; set; }

        public bool Yielded { get; private set; }

        public bool Answered => Stream.IsCompletedSuccessfully;

        public void Begin(Func<CancellationToken, Task<ModelStream>> open) => Stream = open(lost.Token);

        public void Yield(AdmissionTicket place)
        {
            Yielded = true;
            lost.Cancel();
        }

        public async Task Close()
        {
            await lost.CancelAsync();
            await ((Task)Stream).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (Answered)
            {
                await (await Stream).DisposeAsync();
            }
        }
    }
}

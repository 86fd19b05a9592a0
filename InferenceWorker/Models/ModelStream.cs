using System.ClientModel.Primitives;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// One answer of one model, from its first words on: what is to be said of it. Disposing of it closes the HTTP stream at once.
/// </summary>
sealed class ModelStream : IAsyncDisposable
{
    // After a finish reason only the usage and the end of the response are missing, for which no rep waits.
    static readonly TimeSpan forUsage = TimeSpan.FromMilliseconds(300);

    // Timers of a process that runs are not so late. Of one that was frozen, or got no processor, they are.
    static readonly TimeSpan latestTimer = TimeSpan.FromSeconds(1);

    readonly ChatModel model;
    readonly ModelPrompt prompt;
    readonly ModelOptions options;
    readonly TimeProvider time;
    readonly long started;
    readonly CancellationToken caller;
    readonly CancellationToken tooLate;
    readonly CancellationTokenRegistration givingUp;
    readonly CancellationTokenSource patience;
    readonly CancellationTokenSource abort;
    readonly ChatTelemetry telemetry;
    AnswerPart? first;
    PipelineResponse? response;
    AnswerReader? answer;
    ModelFailure? failure;
    long gaveUp;
    bool answered;

    ModelStream(ChatModel model, ModelPrompt prompt, ModelOptions options, TimeProvider time, CancellationToken caller,
        CancellationToken tooLate, CancellationToken lost)
    {
        (this.model, this.prompt, this.options, this.time, this.caller, this.tooLate) = (model, prompt, options, time, caller, tooLate);
        started = time.GetTimestamp();
        telemetry = new ChatTelemetry(model.Name, options, prompt.MaxTokens);
        patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        givingUp = tooLate.Register(patience.Cancel);
        abort = CancellationTokenSource.CreateLinkedTokenSource(caller, patience.Token, lost);

        // Registered last, so called first: to cancel the request takes its own time.
        patience.Token.Register(() => gaveUp = time.GetTimestamp());
    }

    /// <summary>The first words with the name of the model; null when it had nothing to say.</summary>
    public AnswerPart? First => first is null ? null : first with { Model = model.Name, Hedged = Hedged };

    /// <summary>Another request asked the same, which had its words later.</summary>
    public bool Hedged { get; set; }

    /// <summary>Asks, and waits for the first words.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="tooLate">Withdraws it because the first words are of no use any more: a failure of the model.</param>
    /// <param name="lost">Withdraws it because another model had the first words.</param>
    /// <exception cref="ModelException">The model failed before its first words.</exception>
    public static async Task<ModelStream> Open(
        ChatModel model,
        ModelPrompt prompt,
        TimeSpan patience,
        ModelOptions options,
        TimeProvider time,
        CancellationToken cancellation,
        CancellationToken tooLate = default,
        CancellationToken lost = default)
    {
        var stream = new ModelStream(model, prompt, options, time, cancellation, tooLate, lost);
        try
        {
            stream.first = await stream.Read(patience, ModelFailure.FirstTokenTimeout);
            await stream.givingUp.DisposeAsync();
            stream.answered = true;
            model.TooSlow = false;
            stream.telemetry.First(time.GetElapsedTime(stream.started));
            stream.LearnFirstWords();
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>More of the answer; null at its end.</summary>
    /// <exception cref="ModelException">The model failed.</exception>
    public ValueTask<AnswerPart?> Next()
    {
        var left = options.TotalTimeout - time.GetElapsedTime(started);
        var atMost = answer?.Finish is null ? options.TokenTimeout : forUsage;
        return left < atMost
            ? Read(left > TimeSpan.Zero ? left : TimeSpan.Zero, ModelFailure.TotalTimeout)
            : Read(atMost, ModelFailure.Stalled);
    }

    public async ValueTask DisposeAsync()
    {
        await givingUp.DisposeAsync();
        await abort.CancelAsync();
        if (answer is not null)
        {
            await answer.DisposeAsync();
        }

        response?.Dispose();
        if (answered && failure is null)
        {
            // Also when it was cancelled in mid-stream: until then it was well.
            await model.Breaker.Report(answered: true);
        }

        abort.Dispose();
        patience.Dispose();
        telemetry.End(time.GetElapsedTime(started), answer?.Finish, answer?.Usage, failure);
    }

    // Summaries and probes have other prompts, and other times. One that is too late for its call may have been asked just now.
    void LearnFirstWords()
    {
        if (prompt.Use == ModelUse.Suggestion && !tooLate.IsCancellationRequested)
        {
            model.FirstWords.Add(time.GetElapsedTime(started));
        }
    }

    async ValueTask<AnswerPart?> Read(TimeSpan atMost, ModelFailure impatience)
    {
        var asked = time.GetTimestamp();
        try
        {
            patience.CancelAfter(atMost);
            var part = await Part();
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return part;
        }
        // A stream that was too late has failed, even if it is cancelled as well by now.
        catch (Exception) when (abort.IsCancellationRequested && !patience.IsCancellationRequested)
        {
            throw new OperationCanceledException(abort.Token);
        }
        catch (Exception fault)
        {
            var exception = patience.IsCancellationRequested
                ? new ModelException(impatience) { Paused = time.GetElapsedTime(asked, gaveUp) > atMost + latestTimer }
                : ModelException.Of(fault);
            failure = exception.Failure;
            if (exception is { Failure: ModelFailure.FirstTokenTimeout, Paused: false })
            {
                model.TooSlow = true;
                LearnFirstWords();
            }

            model.Log.Report(exception, prompt);
            if (exception.CountsAgainstModel)
            {
                await model.Breaker.Report(answered: false);
            }

            throw exception;
        }
    }

    async ValueTask<AnswerPart?> Part()
    {
        if (answer is null)
        {
            response = await model.Ask(prompt, abort.Token);
            answer = new AnswerReader(prompt, response.ContentStream!, model.OpensInThought, time, caller, abort.Token);
        }

        try
        {
            return await answer.Next();
        }
        finally
        {
            model.OpensInThought = answer.OpensInThought ?? model.OpensInThought;
        }
    }
}

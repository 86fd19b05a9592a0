using System.ClientModel.Primitives;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Models.Speech;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// One answer of one model, from its first words on: what is to be said of it. Disposing of it closes the HTTP stream at once.
/// </summary>
sealed class ModelStream : IAsyncDisposable
{
    // Far beyond any tokenizer's average; it ends the answer of a server that ignores the token limit.
    const int CharactersPerToken = 16;

    // After a finish reason only the usage and the end of the response are missing, for which no rep waits.
    static readonly TimeSpan forUsage = TimeSpan.FromMilliseconds(300);

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
    readonly SpeechFilter speech;
    readonly ClaimGuard? claims;
    readonly Queue<AnswerPart> last = new();
    AnswerPart? first;
    PipelineResponse? response;
    IAsyncEnumerator<ChatChunk>? chunks;
    int charactersLeft;
    ChatFinish? finish;
    ChatUsage? usage;
    ModelFailure? failure;
    bool answered;
    bool over;

    ModelStream(ChatModel model, ModelPrompt prompt, ModelOptions options, TimeProvider time, CancellationToken caller,
        CancellationToken tooLate, CancellationToken lost)
    {
        (this.model, this.prompt, this.options, this.time, this.caller, this.tooLate) = (model, prompt, options, time, caller, tooLate);
        started = time.GetTimestamp();
        telemetry = new ChatTelemetry(model.Name, options, prompt.MaxTokens);
        charactersLeft = prompt.MaxTokens * CharactersPerToken;
        speech = new SpeechFilter(prompt.Use == ModelUse.Suggestion, model.OpensInThought);
        claims = prompt.Use == ModelUse.Suggestion ? new ClaimGuard(prompt.Sources) : null;
        patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        givingUp = tooLate.Register(patience.Cancel);
        abort = CancellationTokenSource.CreateLinkedTokenSource(caller, patience.Token, lost);
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
        var atMost = finish is null ? options.TokenTimeout : forUsage;
        return left < atMost
            ? Read(left > TimeSpan.Zero ? left : TimeSpan.Zero, ModelFailure.TotalTimeout)
            : Read(atMost, ModelFailure.Stalled);
    }

    public async ValueTask DisposeAsync()
    {
        await givingUp.DisposeAsync();
        await abort.CancelAsync();
        if (chunks is not null)
        {
            await chunks.DisposeAsync();
        }

        response?.Dispose();
        if (answered && failure is null)
        {
            // Also when it was cancelled in mid-stream: until then it was well.
            await model.Breaker.Report(answered: true);
        }

        abort.Dispose();
        patience.Dispose();
        telemetry.End(time.GetElapsedTime(started), finish, usage, failure);
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
            var exception = patience.IsCancellationRequested ? new ModelException(impatience) : ModelException.Of(fault);
            failure = exception.Failure;
            if (failure == ModelFailure.FirstTokenTimeout)
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
        if (chunks is null)
        {
            response = await model.Ask(prompt, abort.Token);
            chunks = ChatStream.Read(response.ContentStream!, abort.Token).GetAsyncEnumerator(abort.Token);
        }

        while (!over && charactersLeft > 0 && await MoveNext())
        {
            var chunk = chunks.Current;
            if (chunk.Error is { } error)
            {
                throw new ModelException(error.Failure, error.Code) { ServerSays = error };
            }

            finish = chunk.Finish ?? finish;
            usage = chunk.Usage ?? usage;
            charactersLeft -= chunk.Text.Length;
            if (chunk.Text.Length > 0 && speech.Write(chunk.Text) is { } said && Checked(said) is { } part)
            {
                return part;
            }
        }

        if (!over)
        {
            End();
        }

        return last.TryDequeue(out var words) ? words : null;
    }

    /// <summary>Once a server has said why the model finished, nothing that happens to the connection matters.</summary>
    async ValueTask<bool> MoveNext()
    {
        try
        {
            return await chunks!.MoveNextAsync();
        }
        catch (Exception) when (finish is not null && !caller.IsCancellationRequested)
        {
            return false;
        }
    }

    void End()
    {
        over = true;
        if (finish == ChatFinish.Filtered)
        {
            throw new ModelException(ModelFailure.Refused);
        }

        if (speech.End(cut: finish == ChatFinish.Length || charactersLeft <= 0) is { } said && Checked(said) is { } part)
        {
            last.Enqueue(part);
        }

        if (claims?.End() is { } held)
        {
            last.Enqueue(held);
        }

        var wordless = string.IsNullOrWhiteSpace(speech.Whole);
        if (wordless && prompt.Use != ModelUse.Probe && (finish is not (null or ChatFinish.Stop) || speech.Hides))
        {
            // A model that was thought to begin with thoughts may just have answered.
            model.OpensInThought = false;
            throw new ModelException(ModelFailure.NoWords);
        }

        model.OpensInThought = speech.OpensInThought;
    }

    AnswerPart? Checked(AnswerPart part) => claims is null ? part : claims.Pass(part);
}

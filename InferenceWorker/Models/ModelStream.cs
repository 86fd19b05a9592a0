using OpenAI.Chat;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>One answer of one model, from its first text on. Disposing it closes the HTTP stream at once.</summary>
sealed class ModelStream : IAsyncDisposable
{
    // Far beyond any tokenizer's average; it ends the answer of a server that ignores the token limit.
    const int CharactersPerToken = 16;

    readonly ChatModel model;
    readonly ModelOptions options;
    readonly TimeProvider time;
    readonly long started;
    readonly CancellationToken caller;
    readonly CancellationTokenRegistration givingUp;
    readonly CancellationTokenSource patience;
    readonly CancellationTokenSource abort;
    readonly IAsyncEnumerator<StreamingChatCompletionUpdate> updates;
    readonly ChatTelemetry telemetry;
    int charactersLeft;
    ChatFinishReason? finish;
    ChatTokenUsage? usage;
    ModelFailure? failure;
    bool answered;

    ModelStream(ChatModel model, ModelPrompt prompt, ModelOptions options, TimeProvider time, CancellationToken caller, CancellationToken tooLate)
    {
        (this.model, this.options, this.time, this.caller) = (model, options, time, caller);
        started = time.GetTimestamp();
        telemetry = new ChatTelemetry(model.Name, options, prompt.MaxTokens);
        charactersLeft = prompt.MaxTokens * CharactersPerToken;
        patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        givingUp = tooLate.Register(patience.Cancel);
        abort = CancellationTokenSource.CreateLinkedTokenSource(caller, patience.Token);
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = prompt.MaxTokens };
        if (prompt.Schema is { } schema)
        {
            settings.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(schema), jsonSchemaIsStrict: true);
        }

        updates = model.Client.CompleteChatStreamingAsync(prompt.Messages.Select(Message), settings, abort.Token).GetAsyncEnumerator(abort.Token);
    }

    /// <summary>The first text; null when the model had nothing to say.</summary>
    public string? First { get; private set; }

    /// <summary>Asks, and waits for the first text.</summary>
    /// <exception cref="ModelException">The model failed before its first text.</exception>
    public static async Task<ModelStream> Open(
        ChatModel model,
        ModelPrompt prompt,
        TimeSpan patience,
        ModelOptions options,
        TimeProvider time,
        CancellationToken cancellation,
        CancellationToken tooLate = default)
    {
        var stream = new ModelStream(model, prompt, options, time, cancellation, tooLate);
        try
        {
            stream.First = await stream.Read(patience, ModelFailure.FirstTokenTimeout);
            await stream.givingUp.DisposeAsync();
            stream.answered = true;
            stream.telemetry.First(time.GetElapsedTime(stream.started));
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>More text; null at the end of the answer.</summary>
    /// <exception cref="ModelException">The model failed.</exception>
    public ValueTask<string?> Next()
    {
        var left = options.TotalTimeout - time.GetElapsedTime(started);
        return left < options.TokenTimeout
            ? Read(left > TimeSpan.Zero ? left : TimeSpan.Zero, ModelFailure.TotalTimeout)
            : Read(options.TokenTimeout, ModelFailure.Stalled);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await givingUp.DisposeAsync();
        await abort.CancelAsync();
        await updates.DisposeAsync();
        if (answered && failure is null)
        {
            // Also when it was cancelled in mid-stream: until then it was well.
            await model.Breaker.Report(answered: true);
        }

        abort.Dispose();
        patience.Dispose();
        telemetry.End(time.GetElapsedTime(started), finish, usage, failure);
    }

    async ValueTask<string?> Read(TimeSpan atMost, ModelFailure impatience)
    {
        try
        {
            patience.CancelAfter(atMost);
            var text = await Text();
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return text;
        }
        // A stream that was too late has failed, even if it is cancelled as well by now.
        catch (Exception) when (caller.IsCancellationRequested && !patience.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception fault)
        {
            var exception = patience.IsCancellationRequested ? new ModelException(impatience) : ModelException.Of(fault);
            failure = exception.Failure;
            if (exception.CountsAgainstModel)
            {
                await model.Breaker.Report(answered: false);
            }

            throw exception;
        }
    }

    async ValueTask<string?> Text()
    {
        while (charactersLeft > 0 && await updates.MoveNextAsync())
        {
            var update = updates.Current;
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
            var text = update.ContentUpdate.Count == 1 ? update.ContentUpdate[0].Text : string.Concat(update.ContentUpdate.Select(part => part.Text));
            if (!string.IsNullOrEmpty(text))
            {
                charactersLeft -= text.Length;
                return text;
            }
        }

        return finish switch
        {
            null when charactersLeft > 0 => throw new ModelException(ModelFailure.BrokenStream),
            ChatFinishReason.ContentFilter => throw new ModelException(ModelFailure.Refused),
            _ => null,
        };
    }

    static ChatMessage Message(PromptMessage message) => message.Role switch
    {
        PromptRole.System => new SystemChatMessage(message.Text),
        PromptRole.Assistant => new AssistantChatMessage(message.Text),
        _ => new UserChatMessage(message.Text),
    };
}

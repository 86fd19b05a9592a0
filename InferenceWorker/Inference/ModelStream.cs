using OpenAI.Chat;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>One answer of one model, from its first text on. Disposing it closes the HTTP stream at once.</summary>
sealed class ModelStream : IAsyncDisposable
{
    // Far beyond any tokenizer's average; it ends the answer of a server that ignores the token limit.
    const int CharactersPerToken = 16;

    readonly ChatModel _model;
    readonly ModelOptions _options;
    readonly TimeProvider _time;
    readonly long _started;
    readonly CancellationToken _caller;
    readonly CancellationTokenSource _patience;
    readonly CancellationTokenSource _abort;
    readonly IAsyncEnumerator<StreamingChatCompletionUpdate> _updates;
    int _charactersLeft;
    ChatFinishReason? _finish;
    bool _answered;
    bool _failed;

    ModelStream(ChatModel model, ModelPrompt prompt, ModelOptions options, TimeProvider time, CancellationToken caller)
    {
        (_model, _options, _time, _caller) = (model, options, time, caller);
        _started = time.GetTimestamp();
        _charactersLeft = prompt.MaxTokens * CharactersPerToken;
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _abort = CancellationTokenSource.CreateLinkedTokenSource(caller, _patience.Token);
        var settings = new ChatCompletionOptions { MaxOutputTokenCount = prompt.MaxTokens };
        _updates = model.Client.CompleteChatStreamingAsync(prompt.Messages.Select(Message), settings, _abort.Token).GetAsyncEnumerator(_abort.Token);
    }

    /// <summary>The first text; null when the model had nothing to say.</summary>
    public string? First { get; private set; }

    /// <summary>From asking to the first text.</summary>
    public TimeSpan TimeToFirstToken { get; private set; }

    /// <summary>Asks, and waits for the first text.</summary>
    /// <exception cref="ModelException">The model failed before its first text.</exception>
    public static async Task<ModelStream> Open(
        ChatModel model, ModelPrompt prompt, TimeSpan patience, ModelOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var stream = new ModelStream(model, prompt, options, time, cancellation);
        try
        {
            stream.First = await stream.Read(patience, ModelFailure.FirstTokenTimeout);
            stream._answered = true;
            stream.TimeToFirstToken = time.GetElapsedTime(stream._started);
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
        var left = _options.TotalTimeout - _time.GetElapsedTime(_started);
        return left < _options.TokenTimeout
            ? Read(left > TimeSpan.Zero ? left : TimeSpan.Zero, ModelFailure.TotalTimeout)
            : Read(_options.TokenTimeout, ModelFailure.Stalled);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync();
        await _updates.DisposeAsync();
        if (_answered && !_failed)
        {
            // Also when it was cancelled in mid-stream: until then it was well.
            await _model.Breaker.Report(answered: true);
        }

        _abort.Dispose();
        _patience.Dispose();
    }

    async ValueTask<string?> Read(TimeSpan patience, ModelFailure impatience)
    {
        try
        {
            _patience.CancelAfter(patience);
            var text = await Text();
            _patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return text;
        }
        catch (Exception) when (_caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(_caller);
        }
        catch (Exception fault)
        {
            _failed = true;
            var failure = _patience.IsCancellationRequested ? new ModelException(impatience) : ModelException.Of(fault);
            if (failure.CountsAgainstModel)
            {
                await _model.Breaker.Report(answered: false);
            }

            throw failure;
        }
    }

    async ValueTask<string?> Text()
    {
        while (_charactersLeft > 0 && await _updates.MoveNextAsync())
        {
            var update = _updates.Current;
            _finish = update.FinishReason ?? _finish;
            var text = update.ContentUpdate.Count == 1 ? update.ContentUpdate[0].Text : string.Concat(update.ContentUpdate.Select(part => part.Text));
            if (!string.IsNullOrEmpty(text))
            {
                _charactersLeft -= text.Length;
                return text;
            }
        }

        return _finish switch
        {
            null when _charactersLeft > 0 => throw new ModelException(ModelFailure.BrokenStream),
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

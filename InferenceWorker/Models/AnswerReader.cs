using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Models.Speech;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Reads what is to be said out of a model's response: first words at once, then at a reading pace, what one read brought as one part.
/// </summary>
sealed class AnswerReader : IAsyncDisposable
{
    // Far beyond any tokenizer's average; it ends the answer of a server that ignores the token limit.
    const int CharactersPerToken = 16;

    readonly ModelPrompt prompt;
    readonly CancellationToken caller;
    readonly ReadPace pace;
    readonly IAsyncEnumerator<ChatChunk> chunks;
    readonly SpeechFilter speech;
    readonly ClaimGuard? claims;
    readonly Queue<AnswerPart> last = new();
    Task<bool>? moving;
    int charactersLeft;
    bool over;

    /// <summary>Reads one response.</summary>
    /// <param name="body">Not disposed of.</param>
    /// <param name="opensInThought">The model's answers begin within thoughts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="caller">Nobody wants the answer any more.</param>
    /// <param name="cancellation">Ends it, also for other reasons.</param>
    public AnswerReader(
        ModelPrompt prompt, Stream body, bool opensInThought, TimeProvider time, CancellationToken caller, CancellationToken cancellation)
    {
        (this.prompt, this.caller) = (prompt, caller);
        pace = new ReadPace(time);
        chunks = ChatStream.Read(body, pace, cancellation).GetAsyncEnumerator(cancellation);
        charactersLeft = prompt.MaxTokens * CharactersPerToken;
        speech = new SpeechFilter(prompt.Use == ModelUse.Suggestion, opensInThought);
        claims = prompt.Use == ModelUse.Suggestion ? new ClaimGuard(prompt.Sources) : null;
    }

    /// <summary>Why the model finished; null while it goes on.</summary>
    public ChatFinish? Finish { get; private set; }

    /// <summary>The tokens used; null where the server does not tell them.</summary>
    public ChatUsage? Usage { get; private set; }

    /// <summary>Whether the answer began within thoughts; null before its end.</summary>
    public bool? OpensInThought { get; private set; }

    /// <summary>More of the answer; null at its end.</summary>
    /// <exception cref="ModelException">The model refused, reported an error, or had no words.</exception>
    public async ValueTask<AnswerPart?> Next()
    {
        AnswerPart? said = null;
        while (!over && charactersLeft > 0 && await MoveNext())
        {
            var chunk = chunks.Current;
            if (chunk.Error is { } error)
            {
                throw new ModelException(error.Failure, error.Code) { ServerSays = error };
            }

            Finish = chunk.Finish ?? Finish;
            Usage = chunk.Usage ?? Usage;
            charactersLeft -= chunk.Text.Length;
            if (chunk.Text.Length > 0 && speech.Write(chunk.Text) is { } words)
            {
                said = said?.With(words) ?? words;
                pace.On = true;
            }

            pace.On &= Finish is null;
            if (said is not null && !MoreIsHere())
            {
                if (Checked(said) is { } part)
                {
                    return part;
                }

                said = null;
            }
        }

        if (!over)
        {
            End(said);
        }

        return last.TryDequeue(out var rest) ? rest : null;
    }

    public async ValueTask DisposeAsync()
    {
        if (moving is not null)
        {
            await ((Task)moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await chunks.DisposeAsync();
    }

    /// <summary>Whether more of the answer was read already, and goes with the words before it. A failure comes after them.</summary>
    bool MoreIsHere()
    {
        moving ??= chunks.MoveNextAsync().AsTask();
        return moving is { IsCompletedSuccessfully: true, Result: true } && chunks.Current.Error is null;
    }

    /// <summary>Once a server has said why the model finished, nothing that happens to the connection matters.</summary>
    async ValueTask<bool> MoveNext()
    {
        try
        {
            var move = moving ?? chunks.MoveNextAsync().AsTask();
            moving = null;
            return await move;
        }
        catch (Exception) when (Finish is not null && !caller.IsCancellationRequested)
        {
            return false;
        }
    }

    void End(AnswerPart? said)
    {
        over = true;
        Leave(said);
        if (Finish == ChatFinish.Filtered)
        {
            throw new ModelException(ModelFailure.Refused);
        }

        Leave(speech.End(cut: Finish == ChatFinish.Length || charactersLeft <= 0));
        if (claims?.End() is { } held)
        {
            last.Enqueue(held);
        }

        var wordless = string.IsNullOrWhiteSpace(speech.Whole);
        if (wordless && prompt.Use != ModelUse.Probe && (Finish is not (null or ChatFinish.Stop) || speech.Hides))
        {
            // A model that was thought to begin with thoughts may just have answered.
            OpensInThought = false;
            throw new ModelException(ModelFailure.NoWords);
        }

        OpensInThought = speech.OpensInThought;
    }

    void Leave(AnswerPart? said)
    {
        if (said is not null && Checked(said) is { } part)
        {
            last.Enqueue(part);
        }
    }

    AnswerPart? Checked(AnswerPart part) => claims is null ? part : claims.Pass(part);
}

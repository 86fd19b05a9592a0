using System.Text;
using Teleprompter.Contracts.Lead;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Inference;

namespace Teleprompter.InferenceWorker.Feed;

/// <summary>
/// Estimates what one call asks of models. An answer that was cancelled counts with its whole prompt and the words that had come. Not thread-safe.
/// </summary>
public sealed class TokenMeter
{
    readonly StringBuilder written = new();
    long writingId;
    int promptTokens;
    bool ended = true;

    /// <summary>An answer is asked for.</summary>
    /// <param name="writing">Which.</param>
    /// <param name="prompt">The prompt.</param>
    public void Begin(long writing, ModelPrompt prompt)
    {
        (writingId, promptTokens, ended) = (writing, Estimate(prompt), false);
        written.Clear();
    }

    /// <summary>Words of an answer came.</summary>
    /// <param name="words">The words.</param>
    public void Write(WordsWritten words)
    {
        if (words.WritingId == writingId)
        {
            written.Append(words.Text);
        }
    }

    /// <summary>An answer came to its end, or was cancelled; only the first of the two counts.</summary>
    /// <param name="writing">Which.</param>
    /// <param name="cancelled">It was cancelled.</param>
    /// <returns>What it took; null when that was known.</returns>
    public TokenUse? End(long writing, bool cancelled)
    {
        if (ended || writing != writingId)
        {
            return null;
        }

        ended = true;
        var tokens = TokenEstimate.Of(written.ToString());
        return new TokenUse(promptTokens, tokens, cancelled ? promptTokens : 0, cancelled ? tokens : 0);
    }

    /// <summary>A prompt's tokens.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <returns>The estimate.</returns>
    public static int Estimate(ModelPrompt prompt) => prompt.Messages.Sum(message => TokenEstimate.Of(message.Text));
}

using System.Text;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>
/// Estimates what one call asks of models. An answer that was cancelled counts with its whole prompt and the words that had come. Not thread-safe.
/// </summary>
public sealed class TokenMeter
{
    readonly StringBuilder written = new();
    long writingId;
    int promptTokens;
    int summaryTokens;
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

    /// <summary>A summary is asked for; its prompt counts at once.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <returns>What it took until now.</returns>
    public TokenUse BeginSummary(ModelPrompt prompt)
    {
        summaryTokens = Estimate(prompt);
        return new TokenUse(summaryTokens, 0, 0, 0);
    }

    /// <summary>A summary was written, or was cut off; then nobody knows how much of it was written.</summary>
    /// <param name="ended">What became of it.</param>
    /// <returns>What it took beyond its prompt.</returns>
    public TokenUse End(SummaryEnded ended)
    {
        var cutOff = !ended.Failed && string.IsNullOrEmpty(ended.Text);
        return new TokenUse(0, TokenEstimate.Of(ended.Text ?? ""), cutOff ? summaryTokens : 0, 0);
    }

    static int Estimate(ModelPrompt prompt) => prompt.Messages.Sum(message => TokenEstimate.Of(message.Text));
}

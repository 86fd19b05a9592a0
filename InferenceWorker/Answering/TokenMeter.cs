using System.Runtime.CompilerServices;
using System.Text;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Estimates the tokens of requests to models from their texts.</summary>
public static class TokenMeter
{
    /// <summary>Passes an answer on and reports its tokens when it ends, fails or is cancelled.</summary>
    /// <param name="prompt">The prompt that it answers.</param>
    /// <param name="spend">Called once, on the thread that ends the answer.</param>
    /// <param name="cancellation">An answer that this ends counts as cancelled, with its whole prompt and the words received.</param>
    public static async IAsyncEnumerable<AnswerPart> Metered(
        this IAsyncEnumerable<AnswerPart> answer,
        ModelPrompt prompt,
        Action<TokenUse> spend,
        [EnumeratorCancellation] CancellationToken cancellation,
        CancellationToken tooLate = default)
    {
        var written = new StringBuilder();
        var ended = false;
        var asked = 1;
        try
        {
            await foreach (var words in answer.WithCancellation(cancellation))
            {
                written.Append(words.Text);
                asked = words.Hedged ? 2 : asked;
                yield return words;
            }

            ended = true;
        }
        finally
        {
            var input = asked * prompt.Messages.Sum(message => TokenEstimate.Of(message.Text));
            var output = TokenEstimate.Of(written.ToString());
            var cancelled = !ended && (cancellation.IsCancellationRequested || tooLate.IsCancellationRequested);
            spend(new TokenUse(input, output, cancelled ? input : 0, cancelled ? output : 0));
        }
    }
}

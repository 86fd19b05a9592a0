using System.Text;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>
/// Has a model write the summary of an ended call, in a slot that no live call needs; it yields to one that does, and tries again.
/// </summary>
/// <param name="services">The model and the gate that all calls share.</param>
/// <param name="spend">Records the tokens of each request, cancelled ones included.</param>
public sealed class SummaryWriter(ModelServices services, TimeProvider time, Action<TokenUse> spend)
{
    /// <summary>The longest time that the model gets, waiting for a free slot included.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Writes the summary.</summary>
    /// <param name="prompt">The prompt of <see cref="SummaryPrompt"/>.</param>
    /// <returns>The summary; null when the model failed, its answer could not be read, or no slot was free in time.</returns>
    public async Task<CallSummary?> Write(string callId, ModelPrompt prompt, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Within, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            while (true)
            {
                if (await Try(callId, prompt, giveUp.Token) is { } answer)
                {
                    return SummaryPrompt.Read(answer);
                }

                await Task.Delay(AskAgainAfter, time, giveUp.Token);
            }
        }
        catch (Exception e) when (e is ModelException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The model's answer; null when no slot was free, or when a live call needed it.</summary>
    async Task<string?> Try(string callId, ModelPrompt prompt, CancellationToken cancellationToken)
    {
        // Not disposed of: the gate may still cancel it while the answer ends, and it holds no timer.
        var cutOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (services.Gate.TryAskSpare($"{callId}/after", _ => cutOff.Cancel()) is not { } ticket)
        {
            return null;
        }

        var text = new StringBuilder();
        try
        {
            await foreach (var words in services.Model.Stream(prompt, cutOff.Token).Metered(prompt, spend, cutOff.Token))
            {
                text.Length = words.Replaces ? 0 : text.Length;
                text.Append(words.Text);
            }

            return text.ToString();
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            services.Gate.Release(ticket);
        }
    }
}

using System.Text;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>Has the summary of an ended call written, in room that no live call needs; it makes way for one that does, and tries again.</summary>
/// <param name="services">The model and the gate that all calls share.</param>
/// <param name="time">The clock.</param>
/// <param name="spent">Told what was asked of the model, also for answers that were cut off.</param>
public sealed class SummaryWriter(ModelServices services, TimeProvider time, Action<TokenUse> spent)
{
    /// <summary>Nobody waits longer than this for a better summary than the one they have.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Writes it.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="prompt">What <see cref="SummaryPrompt"/> asks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The summary; null when the model failed, made no sense, or found no room in time.</returns>
    public async Task<CallSummary?> Write(string callId, ModelPrompt prompt, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Within, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            while (true)
            {
                try
                {
                    if (await Try(callId, prompt, giveUp.Token) is { } answer)
                    {
                        return SummaryPrompt.Read(answer);
                    }
                }
                catch (ModelException fault) when (fault.Failure == ModelFailure.Refused && prompt.Schema is not null)
                {
                    // Not every server knows schemas; the prompt says the same in words.
                    prompt = prompt with { Schema = null };
                    continue;
                }

                await Task.Delay(AskAgainAfter, time, giveUp.Token);
            }
        }
        catch (Exception e) when (e is ModelException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>The model's answer; null when there was no room, or no longer.</summary>
    async Task<string?> Try(string callId, ModelPrompt prompt, CancellationToken cancellationToken)
    {
        // Not disposed of: the gate may still cancel it while the answer ends, and it holds no timer.
        var cutOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (services.Gate.TryAskSpare($"{callId}/after", _ => cutOff.Cancel()) is not { } ticket)
        {
            return null;
        }

        var (text, meter, failed) = (new StringBuilder(), new TokenMeter(), true);
        spent(meter.BeginSummary(prompt));
        try
        {
            await foreach (var words in services.Model.Stream(prompt, cutOff.Token))
            {
                text.Append(words);
            }

            failed = false;
            return text.ToString();
        }
        catch (OperationCanceledException)
        {
            failed = false;
            text.Clear();
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            services.Gate.Release(ticket);
            spent(meter.End(new SummaryEnded(text.ToString(), failed)));
        }
    }
}

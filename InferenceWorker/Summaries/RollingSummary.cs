using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>
/// Keeps notes of what leaves the transcript's window, made between turns by a small model, or without one by <see
/// cref="ExtractiveSummary"/>. Pure.
/// </summary>
/// <param name="options">The window and the budgets.</param>
public sealed class RollingSummary(IOptions<ContextOptions> options)
{
    /// <summary>A summary is tried at most this often.</summary>
    public static readonly TimeSpan AtMostEvery = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The part of the transcript's budget from which its older lines are worth a summary: the newer ones need the rest, and each summary
    /// costs a call of the model.
    /// </summary>
    const double WorthOfBudget = 0.4;

    const int NewLinesTokens = 1500;

    readonly ContextOptions options = options.Value;

    /// <summary>The lines older than two thirds of the window that no summary covers.</summary>
    /// <param name="lines">What was said, oldest first.</param>
    /// <param name="now">The call's clock.</param>
    /// <returns>The lines, oldest first. A summary made of them covers them until the last one's time.</returns>
    public IReadOnlyList<SpokenLine> Leaving(IEnumerable<SpokenLine> lines, ConversationSummary? summary, TimeSpan now)
    {
        var leavesBefore = now - (options.Window * 2 / 3);
        return [.. lines.Where(line => line.At < leavesBefore && (summary is null || line.At > summary.Until))];
    }

    /// <summary>Whether to make a summary now.</summary>
    /// <param name="leaving">What <see cref="Leaving"/> says.</param>
    /// <param name="turnWaits">A customer turn waits for its answer: it needs the room.</param>
    /// <param name="triedAt">When one was last tried, on the call's clock; null for never.</param>
    /// <param name="now">The call's clock.</param>
    public bool Due(IReadOnlyList<SpokenLine> leaving, bool turnWaits, TimeSpan? triedAt, TimeSpan now) =>
        !turnWaits
        && (triedAt is null || now - triedAt >= AtMostEvery)
        && leaving.Sum(line => TokenEstimate.Of(line.Text)) >= options.TranscriptTokens * WorthOfBudget;

    /// <summary>Asks a model for the next summary.</summary>
    /// <param name="previous">The text so far; null for the first.</param>
    /// <param name="leaving">What <see cref="Leaving"/> says; of very much, the newest.</param>
    public ModelPrompt Prompt(string? previous, IReadOnlyList<SpokenLine> leaving)
    {
        var summary = PromptData.Section("summary", TokenCut.Head(PromptData.Clean(previous), options.SummaryTokens));
        var transcript = Transcript.Section(leaving, NewLinesTokens);
        return new ModelPrompt(
            [
                new PromptMessage(PromptRole.System, Instructions.Summarise),
                new PromptMessage(PromptRole.User, summary + transcript + "Write the new summary."),
            ],
            options.SummaryTokens,
            ModelUse.Summary);
    }

    /// <summary>Makes the next summary without a model.</summary>
    /// <param name="previous">The text so far; null for the first.</param>
    /// <param name="leaving">What <see cref="Leaving"/> says.</param>
    /// <returns>The text; perhaps empty.</returns>
    public string Extractive(string? previous, IReadOnlyList<SpokenLine> leaving) =>
        ExtractiveSummary.Of(previous, leaving, options.SummaryTokens);
}

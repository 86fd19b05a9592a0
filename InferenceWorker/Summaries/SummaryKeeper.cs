using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Memory;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>Keeps a call's rolling summary up to date, between its turns.</summary>
/// <param name="summary">Decides when a summary is made, and of what.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where a summary is kept.</param>
/// <param name="model">Writes it, in a slot that no turn needs.</param>
public sealed class SummaryKeeper(Conversation conversation, RollingSummary summary, CallClock clock, ICallOutput output, ICallModel model)
{
    static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(2);

    IReadOnlyList<SpokenLine>? beingWritten;
    TimeSpan checkedAt;
    TimeSpan? triedAt;

    /// <summary>Makes a summary, if one is due.</summary>
    /// <param name="turnWaits">A customer turn waits for its answer.</param>
    public void Consider(bool turnWaits)
    {
        if (beingWritten is not null || clock.Now - checkedAt < CheckEvery)
        {
            return;
        }

        checkedAt = clock.Now;
        var leaving = summary.Leaving(conversation.Lines, conversation.Summary, clock.Now);
        if (!summary.Due(leaving, turnWaits, triedAt, clock.Now))
        {
            return;
        }

        triedAt = clock.Now;
        if (model.State != ModelState.Ready)
        {
            Keep(summary.Extractive(conversation.Summary?.Text, leaving), leaving);
        }
        else if (model.TrySummarize(summary.Prompt(conversation.Summary?.Text, leaving)))
        {
            beingWritten = leaving;
        }
    }

    /// <summary>
    /// Keeps the summary that the model wrote; without a model's words if it failed. One that was cancelled is tried again later.
    /// </summary>
    /// <param name="ended">The end of the model's answer.</param>
    public void Complete(SummaryEnded ended)
    {
        if (beingWritten is not { } leaving)
        {
            return;
        }

        beingWritten = null;
        if (ended.Failed)
        {
            Keep(summary.Extractive(conversation.Summary?.Text, leaving), leaving);
        }
        else if (ended.Text is { Length: > 0 } text)
        {
            Keep(text, leaving);
        }
    }

    void Keep(string text, IReadOnlyList<SpokenLine> leaving)
    {
        var made = new SummaryMade(text, (long)leaving[^1].At.TotalMilliseconds);
        conversation.Apply(made);
        output.Keep(made);
    }
}

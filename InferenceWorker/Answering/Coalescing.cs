namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Level 2's decision: the newest turn is answered, and the rep is never starved.</summary>
public static class Coalescing
{
    /// <summary>Decides what a new deserving turn means for the answer that is being written.</summary>
    /// <param name="cancelsInARow">Streams cancelled since one last finished.</param>
    /// <param name="oldestAge">Age of the oldest unanswered turn.</param>
    public static CoalescingStep Decide(bool writing, int cancelsInARow, TimeSpan oldestAge, CoalescingOptions options) => writing switch
    {
        false => CoalescingStep.Start,
        true when cancelsInARow >= options.CancelsInARow || oldestAge >= options.OldestWaits => CoalescingStep.Wait,
        true => CoalescingStep.Replace,
    };
}

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>What a new deserving turn means for the answer that is being written.</summary>
public enum CoalescingStep
{
    /// <summary>None is being written: begin one.</summary>
    Start,

    /// <summary>Close its stream and begin one over every turn not yet answered.</summary>
    Replace,

    /// <summary>Let it finish; the new turn waits for its end.</summary>
    Wait,
}

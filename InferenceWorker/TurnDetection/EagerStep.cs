namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>What the newest words of an unfinished turn mean for an answer ahead of its end.</summary>
public enum EagerStep
{
    /// <summary>Listening: nothing to start, nothing to stop.</summary>
    Listen,

    /// <summary>Start an attempt.</summary>
    Attempt,

    /// <summary>The attempt still answers what is being said.</summary>
    Keep,

    /// <summary>Resumed: the speaker said something else, or more than changes nothing. The attempt is void.</summary>
    Discard,
}

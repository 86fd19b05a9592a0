using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>The sound of a turn was played to its end, or there is no more of it. Never leaves the worker.</summary>
/// <param name="Failed">It broke off by itself: the rest is text.</param>
public sealed record TurnSpoken(string TurnId, bool Failed) : CallInput
{
    /// <summary>Nobody plays it: it was broken off.</summary>
    public bool Unheard { get; init; }
}

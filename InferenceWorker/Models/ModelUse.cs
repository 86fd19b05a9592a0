namespace Teleprompter.InferenceWorker.Models;

/// <summary>What a prompt is for; decides which model is asked.</summary>
public enum ModelUse
{
    /// <summary>Words for the rep: <see cref="ModelOptions.Name"/>, with one retry or <see cref="ModelOptions.FallbackName"/>.</summary>
    Suggestion,

    /// <summary>
    /// A summary, rolling or of a whole call: <see cref="ModelOptions.SummaryName"/>, once; the next pause brings another chance.
    /// </summary>
    Summary,

    /// <summary>Whether the model answers at all, be it without words. Asked by nobody's call.</summary>
    Probe,
}

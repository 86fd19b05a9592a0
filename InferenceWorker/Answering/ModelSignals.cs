using Teleprompter.Bus;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>A call's place in the line changed. Never leaves the worker.</summary>
public sealed record AdmissionMoved(AdmissionTicket Ticket) : CallInput;

/// <summary>The model wrote some words. Never leaves the worker.</summary>
/// <param name="WritingId">The answer they belong to.</param>
public sealed record WordsWritten(long WritingId, string Text) : CallInput
{
    /// <summary>The model that writes the answer; known with its first words.</summary>
    public string? Model { get; init; }

    /// <summary>The text takes the place of all words before: they were the model's thoughts, or end in a sentence that was cut.</summary>
    public bool Replaces { get; init; }

    /// <summary>Figures, dates and promises of the answer so far that nothing supports; null where they are the same as before.</summary>
    public IReadOnlyList<string>? UnsupportedFigures { get; init; }
}

/// <summary>The model wrote its last word, or failed. Never leaves the worker.</summary>
/// <param name="Failure">Why it failed; null when it did not.</param>
public sealed record WritingEnded(long WritingId, ModelFailure? Failure) : CallInput
{
    /// <summary>The answer only says again what was suggested before.</summary>
    public bool Repeats { get; init; }
}

/// <summary>Whether a model answers has changed. Never leaves the worker.</summary>
public sealed record ModelStateMoved : CallInput;

/// <summary>A summary was written, or was cut off. Never leaves the worker.</summary>
/// <param name="Text">The summary; null when it was cut off for a turn's sake.</param>
public sealed record SummaryEnded(string? Text, bool Failed) : CallInput;

/// <summary>The model wrote some words of a rehearsal's buyer. Never leaves the worker.</summary>
/// <param name="Replaces">The text takes the place of all words of the turn before.</param>
public sealed record BuyerWords(string TurnId, string Text, bool Replaces) : CallInput;

/// <summary>
/// The model wrote the last word of a rehearsal's buyer, failed, or was cut off for a call's sake. Never leaves the worker.
/// </summary>
public sealed record BuyerEnded(string TurnId) : CallInput;

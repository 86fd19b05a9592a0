using Microsoft.Extensions.Logging;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Tells those who operate a model what its server said and which setting helps: once for each kind of failure, and again after an hour.
/// </summary>
/// <param name="time">The clock.</param>
sealed partial class ModelFailureLog(string model, string? key, TimeProvider time, ILogger logger)
{
    static readonly TimeSpan again = TimeSpan.FromHours(1);

    readonly Dictionary<(ModelFailure, int?), long> told = [];

    /// <summary>Reports a failure.</summary>
    /// <param name="prompt">What was asked: none of its words are logged.</param>
    public void Report(ModelException fault, ModelPrompt prompt)
    {
        if (fault.Paused)
        {
            // No setting of the model helps.
            return;
        }

        lock (told)
        {
            if (told.TryGetValue((fault.Failure, fault.Status), out var last) && time.GetElapsedTime(last) < again)
            {
                return;
            }

            told[(fault.Failure, fault.Status)] = time.GetTimestamp();
        }

        var said = fault.ServerSays is { Message.Length: > 0 } error
            ? $" The server says: {ErrorText.ForLog(error.Message, prompt.Messages.Select(part => part.Text), key)}"
            : "";
        LogFailure(model, fault.Failure, fault.Status, said, ModelAdvice.For(fault) is { } advice ? $" {advice}" : "");
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed: {Failure} (HTTP {Status}).{Said}{Advice} Said once an hour.")]
    partial void LogFailure(string model, ModelFailure failure, int? status, string said, string advice);
}

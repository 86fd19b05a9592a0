namespace Teleprompter.InferenceWorker.Models;

/// <summary>Who speaks in a prompt.</summary>
public enum PromptRole
{
    /// <summary>The instructions. Never a customer's words.</summary>
    System,

    /// <summary>What is asked, and the transcript as delimited data.</summary>
    User,

    /// <summary>The model itself, earlier.</summary>
    Assistant,
}

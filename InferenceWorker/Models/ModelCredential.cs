namespace Teleprompter.InferenceWorker.Models;

/// <summary>How the worker proves itself to the model's endpoint.</summary>
public enum ModelCredential
{
    /// <summary>With <see cref="ModelOptions.ApiKey"/>.</summary>
    ApiKey,

    /// <summary>With Microsoft Entra ID (Azure OpenAI): managed identity, workload identity or a developer's sign-in.</summary>
    EntraId,
}

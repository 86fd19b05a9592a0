using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.InferenceWorker.Summaries;

/// <summary>A summary that a model shall write of a call that is over.</summary>
/// <param name="Meanwhile">The summary that stands until then, and for good where the model fails.</param>
public sealed record WantedSummary(ModelPrompt Question, CallSummary Meanwhile);

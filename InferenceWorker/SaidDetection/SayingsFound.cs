using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>The rep has said suggestions. Never leaves the worker.</summary>
public sealed record SayingsFound(IReadOnlyList<FinishedSuggestionView> Suggestions) : CallInput;

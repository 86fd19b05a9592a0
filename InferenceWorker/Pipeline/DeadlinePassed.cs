using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The pipeline's next deadline has come. Never leaves the worker.</summary>
public sealed record DeadlinePassed : CallInput;

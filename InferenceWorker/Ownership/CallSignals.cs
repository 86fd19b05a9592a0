using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>The worker's lease ran out: the call falls silent until it knows that it is still owned. Never leaves the worker.</summary>
public sealed record LeaseLost : CallInput;

/// <summary>What the store has of the call may be more, or less, than what is in memory: read it again. Never leaves the worker.</summary>
public sealed record RecheckWanted : CallInput;

/// <summary>What the store was not there to take is offered to it again.</summary>
public sealed record OwedDue : CallInput;

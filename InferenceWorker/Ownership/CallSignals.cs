using Teleprompter.Bus;

namespace Teleprompter.InferenceWorker.Ownership;

/// <summary>The worker's lease ran out: the call sends nothing until it is known to be still owned. Never leaves the worker.</summary>
public sealed record LeaseLost : CallInput;

/// <summary>The store may have more of the call than memory, or less: it is read again. Never leaves the worker.</summary>
public sealed record RecheckWanted : CallInput;

/// <summary>Entries that the store was not there to keep are offered to it again. Never leaves the worker.</summary>
public sealed record RetryDue : CallInput;

using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>What the answering of all calls shares.</summary>
/// <param name="Coalescing">When a newer turn replaces the answer to an older one.</param>
/// <param name="Speculation">Whether answers may start ahead of the end of a turn.</param>
/// <param name="Attention">How much a rep's screen may change.</param>
public sealed record AnsweringServices(
    ContextAssembler Context, CoalescingOptions Coalescing, SpeculationBudget Speculation, AttentionOptions Attention);

using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Summaries;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The pure stages of the pipeline, which all calls share.</summary>
/// <param name="Playbook">The cards in force; asked anew for each turn, so an edit counts from the next one.</param>
/// <param name="Context">Makes prompts.</param>
/// <param name="Summary">Decides on summaries.</param>
/// <param name="Coalescing">When a newer turn replaces the answer to an older one.</param>
public sealed record CallStages(Func<PlaybookEdition> Playbook, ContextAssembler Context, RollingSummary Summary, CoalescingOptions Coalescing);

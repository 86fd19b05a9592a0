using Teleprompter.Hosting.Privacy;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Summaries;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The stages that all calls share.</summary>
/// <param name="Playbook">The cards in force; asked anew for each turn, so an edit counts from the next one.</param>
public sealed record CallStages(Func<PlaybookEdition> Playbook, AnsweringServices Answering, RollingSummary Summary, Redactor Redactor);

using Teleprompter.Hosting.Privacy;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;

namespace Teleprompter.InferenceWorker.Pipeline;

/// <summary>The stages that all calls share.</summary>
public sealed record CallStages(MatchingStage Matching, AnsweringServices Answering, RollingSummary Summary, Redactor Redactor)
{
    /// <summary>The personas that rehearsals can begin with.</summary>
    public Func<IReadOnlyList<Persona>> Personas { get; init; } = () => [];

    /// <summary>What says the turns of buyers aloud; null for nothing.</summary>
    public SpeechStage? Speech { get; init; }
}

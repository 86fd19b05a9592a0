using Microsoft.Extensions.Options;
using Teleprompter.Hosting.Privacy;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Pipeline;

/// <summary>The stages that calls share, with the settings that a worker has by default.</summary>
static class StagesUnderTest
{
    public static CallStages With(
        PlaybookEdition cards, TimeProvider time, IOptionsMonitor<SpeculationOptions>? speculation = null)
    {
        var context = Options.Create(new ContextOptions());
        var budget = new SpeculationBudget(speculation ?? new LiveOptions<SpeculationOptions>(new SpeculationOptions()), time);
        var answering = new AnsweringServices(
            new ContextAssembler(context, Options.Create(new ModelOptions())), new CoalescingOptions(), budget, new AttentionOptions());
        return new CallStages(
            new MatchingStage(() => cards, new ManualTimeProvider()),
            answering,
            new RollingSummary(context),
            new Redactor(Options.Create(new PrivacyOptions())));
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Bus;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Privacy;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Budgets;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Dashboard;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.InferenceWorker.Pipeline;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.InferenceWorker.Summaries;
using Teleprompter.InferenceWorker.Transcription;

namespace Teleprompter.InferenceWorker;

/// <summary>Registers a worker; the bus and the store are the host's choice.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker and all its stages.</summary>
    public static IServiceCollection AddInferenceWorker(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddPlaybook(configuration)
            .AddPersonas(configuration)
            .AddAdmission(configuration)
            .AddModel(configuration)
            .AddContextAssembly(configuration)
            .AddTranscription(configuration)
            .AddSpeechSynthesis(configuration)
            .AddRedaction()
            .AddSingleton<RollingSummary>()
            .AddAnswering(configuration)
            .AddSingleton(provider => new MatchingStage(
                () => provider.GetRequiredService<PlaybookLibrary>().Current, provider.GetRequiredService<TimeProvider>()))
            .AddHostedService(provider => provider.GetRequiredService<MatchingStage>())
            .AddSingleton(provider => new CallStages(
                provider.GetRequiredService<MatchingStage>(),
                provider.GetRequiredService<AnsweringServices>(),
                provider.GetRequiredService<RollingSummary>(),
                provider.GetRequiredService<Redactor>())
            {
                Personas = () => provider.GetRequiredService<PersonaLibrary>().Current,
                Speech = provider.GetService<SpeechStage>(),
            })
            .AddBudgets()
            .AddSingleton<WorkerLease>()
            .AddSingleton<WorkerLedger>()
            .AddSingleton<CallServices>()
            .AddSingleton<OwnedCalls>()
            .AddGauge<OwnedCalls>("teleprompter.worker.calls", "{call}", "Calls this worker owns.", calls => calls.Count)
            .AddSingleton<WorkerHost>()
            .AddHostedService<WorkerWarmUp>()
            .AddHostedService<DashboardPublisher>()
            .AddHostedService(provider => provider.GetRequiredService<WorkerHost>());

    static IServiceCollection AddBudgets(this IServiceCollection services)
    {
        services.AddOptions<BudgetOptions>().BindConfiguration(BudgetOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<BudgetServices>();
    }

    /// <summary>Adds what a worker needs that is a process of its own: health, metrics, and draining on SIGTERM.</summary>
    public static IServiceCollection AddWorkerProcess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CallStoreOptions>().BindConfiguration(CallStoreOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddHealthPages();
        services.AddProcessTelemetry(configuration, "teleprompter-worker");
        return services.AddDraining().AddSingleton<IDrain, WorkerDrain>();
    }
}

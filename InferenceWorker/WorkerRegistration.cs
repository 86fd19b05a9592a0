using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Inference;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.InferenceWorker;

/// <summary>Registers a worker; the bus and the store are the host's choice.</summary>
public static class WorkerRegistration
{
    /// <summary>Adds the worker and all its stages.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The host's configuration.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddInferenceWorker(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddPlaybook(configuration)
            .AddInference(configuration)
            .AddContextAssembly(configuration)
            .AddSingleton<ModelServices>()
            .AddSingleton(provider => new CallStages(
                () => provider.GetRequiredService<PlaybookLibrary>().Current,
                provider.GetRequiredService<ContextAssembler>(),
                provider.GetRequiredService<RollingSummary>(),
                provider.GetRequiredService<IOptions<CoalescingOptions>>().Value))
            .AddSingleton<CallServices>()
            .AddHostedService<WorkerHost>();
}

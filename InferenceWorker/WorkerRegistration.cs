using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
            .AddSingleton<CallServices>()
            .AddHostedService<WorkerHost>();
}

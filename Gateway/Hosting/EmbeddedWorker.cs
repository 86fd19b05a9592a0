using Teleprompter.Bus;
using Teleprompter.Hosting.InMemory;
using Teleprompter.InferenceWorker;

namespace Teleprompter.Gateway.Hosting;

/// <summary>The embedded default: a worker in the gateway's process, and both seams in memory.</summary>
public static class EmbeddedWorker
{
    public static IServiceCollection AddEmbeddedWorker(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton<IMessageBus, InMemoryMessageBus>()
            .AddSingleton<ICallStore, InMemoryCallStore>()
            .AddSingleton<ITicketStore, InMemoryTicketStore>()
            .AddSingleton<IAuditTrail, InMemoryAuditTrail>()
            .AddSingleton<IBudgetStore, InMemoryBudgetStore>()
            .AddSingleton<ILeaseStore, InMemoryLeaseStore>()
            .AddInferenceWorker(configuration);
}

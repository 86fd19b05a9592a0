using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.InferenceWorker.Answering.Speculation;
using Teleprompter.InferenceWorker.ContextAssembly;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Registers the answering: level 2, and answers ahead of the end of a turn.</summary>
public static class AnsweringRegistration
{
    /// <summary>Adds <see cref="AnsweringServices"/>; wrong settings refuse to start.</summary>
    /// <param name="configuration">Holds the sections <c>Coalescing</c>, <c>Speculation</c> and <c>Attention</c>.</param>
    public static IServiceCollection AddAnswering(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CoalescingOptions>().Bind(configuration.GetSection(CoalescingOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<SpeculationOptions>().Bind(configuration.GetSection(SpeculationOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddOptions<AttentionOptions>().Bind(configuration.GetSection(AttentionOptions.Section)).ValidateDataAnnotations()
            .ValidateOnStart();
        return services
            .AddSingleton<SpeculationBudget>()
            .AddSingleton<ModelServices>()
            .AddSingleton(provider => new AnsweringServices(
                provider.GetRequiredService<ContextAssembler>(),
                provider.GetRequiredService<IOptions<CoalescingOptions>>().Value,
                provider.GetRequiredService<SpeculationBudget>(),
                provider.GetRequiredService<IOptions<AttentionOptions>>().Value));
    }
}

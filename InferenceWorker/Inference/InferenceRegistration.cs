using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Inference;

/// <summary>Registers the model and the admission to it.</summary>
public static class InferenceRegistration
{
    /// <summary>Adds <see cref="ILanguageModel"/> and <see cref="AdmissionGate"/>, both singletons; wrong settings refuse to start.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the sections <c>Model</c>, <c>Coalescing</c> and <c>Admission</c>.</param>
    public static IServiceCollection AddInference(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateOnStart();
        services.AddOptions<AdmissionOptions>().Bind(configuration.GetSection(AdmissionOptions.Section)).ValidateOnStart();
        services.AddOptions<CoalescingOptions>().Bind(configuration.GetSection(CoalescingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        services.AddSingleton<IValidateOptions<AdmissionOptions>, AdmissionOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<AdmissionGate>();
        services.AddSingleton<ModelSet>();
        services.AddSingleton<ILanguageModel, LanguageModel>();
        services.AddHostedService<ModelReadiness>();
        return services;
    }
}

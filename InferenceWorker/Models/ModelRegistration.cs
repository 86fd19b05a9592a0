using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Models.Hedging;

namespace Teleprompter.InferenceWorker.Models;

/// <summary>
/// Registers <see cref="ILanguageModel"/>, which needs the gate of <see cref="Admission.AdmissionRegistration.AddAdmission"/>.
/// </summary>
public static class ModelRegistration
{
    /// <summary>Adds the model as a singleton; wrong settings refuse to start.</summary>
    /// <param name="configuration">Holds the section <c>Model</c>.</param>
    public static IServiceCollection AddModel(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<ModelSet>()
            .AddGauge<ModelSet>(
                "teleprompter.model.unavailable", unit: null, "Whether the playbook answers because every model rests.",
                models => models.State == ModelState.Unavailable ? 1 : 0)
            .AddGauge<ModelSet>(
                "teleprompter.model.breakers.open", "{breaker}", "Circuit breakers that are open.",
                models => models.All.Count(model => model.Breaker.IsOpen))
            .AddSingleton<HedgedModel>()
            .AddSingleton<FastModel>()
            .AddSingleton<ILanguageModel, LanguageModel>()
            .AddHostedService<ModelReadiness>();
    }
}

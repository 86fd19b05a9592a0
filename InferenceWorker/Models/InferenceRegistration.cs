using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;

namespace Teleprompter.InferenceWorker.Models;

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
        services.AddSingleton<AdmissionGate>()
            .AddGauge<AdmissionGate>("teleprompter.admission.slots", "{slot}", "Model streams allowed at once; fewer than set after a rate limit.", gate => gate.Load.Slots)
            .AddGauge<AdmissionGate>("teleprompter.admission.slots.used", "{slot}", "Slots that calls use; work that yields to them is left out.", gate => gate.Load.Used)
            .AddGauge<AdmissionGate>("teleprompter.admission.pending", "{call}", "Calls next in line for a slot.", gate => gate.Load.Pending)
            .AddGauge<AdmissionGate>("teleprompter.admission.held", "{call}", "Calls held behind those: their reps see the card and busy.", gate => gate.Load.Held);
        services.AddSingleton<ModelSet>()
            .AddGauge<ModelSet>("teleprompter.model.unavailable", unit: null, "Whether the playbook answers because every model rests.", models => models.State == ModelState.Unavailable ? 1 : 0)
            .AddGauge<ModelSet>("teleprompter.model.breakers.open", "{breaker}", "Circuit breakers that are open.", models => models.All.Count(model => model.Breaker.IsOpen));
        services.AddSingleton<ILanguageModel, LanguageModel>();
        services.AddHostedService<ModelReadiness>();
        return services;
    }
}

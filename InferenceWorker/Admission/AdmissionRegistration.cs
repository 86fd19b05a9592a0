using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Teleprompter.Hosting.Telemetry;

namespace Teleprompter.InferenceWorker.Admission;

/// <summary>Registers <see cref="AdmissionGate"/>.</summary>
public static class AdmissionRegistration
{
    /// <summary>Adds the gate as a singleton; wrong settings refuse to start.</summary>
    /// <param name="configuration">Holds the section <c>Admission</c>.</param>
    public static IServiceCollection AddAdmission(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AdmissionOptions>().Bind(configuration.GetSection(AdmissionOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AdmissionOptions>, AdmissionOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        return services.AddSingleton<AdmissionGate>()
            .AddGauge<AdmissionGate>(
                "teleprompter.admission.slots", "{slot}", "Model streams allowed at once; fewer than set after a rate limit.",
                gate => gate.Load.Slots)
            .AddGauge<AdmissionGate>(
                "teleprompter.admission.slots.used", "{slot}", "Slots that calls use; work that yields to them is left out.",
                gate => gate.Load.Used)
            .AddGauge<AdmissionGate>(
                "teleprompter.admission.pending", "{call}", "Calls next in line for a slot.", gate => gate.Load.Pending)
            .AddGauge<AdmissionGate>(
                "teleprompter.admission.held", "{call}", "Calls held behind those: their reps see the card and busy.",
                gate => gate.Load.Held);
    }
}

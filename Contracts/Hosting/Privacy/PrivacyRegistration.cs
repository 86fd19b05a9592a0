using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Teleprompter.Hosting.Privacy;

/// <summary>Registers the redaction.</summary>
public static class PrivacyRegistration
{
    public static IServiceCollection AddRedaction(this IServiceCollection services)
    {
        services.AddOptions<PrivacyOptions>().BindConfiguration(PrivacyOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<Redactor>();
        return services;
    }
}

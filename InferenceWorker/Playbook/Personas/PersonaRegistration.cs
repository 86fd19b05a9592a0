using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>Adds the personas of rehearsals to a host.</summary>
public static class PersonaRegistration
{
    /// <summary>Adds <see cref="PersonaLibrary"/>, which is ready when the host has started.</summary>
    public static IServiceCollection AddPersonas(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IValidateOptions<PersonaOptions>, PersonaOptions.Validator>();
        services.AddOptions<PersonaOptions>().Bind(configuration.GetSection(PersonaOptions.Section)).ValidateOnStart();
        services.AddSingleton<PersonaLibrary>();
        services.AddHostedService(provider => provider.GetRequiredService<PersonaLibrary>());
        return services;
    }
}

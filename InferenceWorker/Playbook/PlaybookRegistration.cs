using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Adds the playbook to a host.</summary>
public static class PlaybookRegistration
{
    /// <summary>Adds <see cref="PlaybookLibrary"/>, which is ready when the host has started.</summary>
    /// <param name="configuration">Holds the section <see cref="PlaybookOptions.Section"/>.</param>
    public static IServiceCollection AddPlaybook(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<PlaybookOptions>, PlaybookOptions.Validator>();
        services.AddOptions<PlaybookOptions>().Bind(configuration.GetSection(PlaybookOptions.Section)).ValidateOnStart();
        services.AddSingleton<PlaybookLibrary>();
        services.AddHostedService(provider => provider.GetRequiredService<PlaybookLibrary>());
        return services;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>Registers what a prompt is made with.</summary>
public static class ContextRegistration
{
    /// <summary>Adds <see cref="ContextAssembler"/> as a singleton; invalid settings fail at start.</summary>
    /// <param name="configuration">Holds the section <c>Context</c>.</param>
    public static IServiceCollection AddContextAssembly(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ContextOptions>().Bind(configuration.GetSection(ContextOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<ContextOptions>, ContextOptionsValidator>()
            .AddSingleton<ContextAssembler>();
    }
}

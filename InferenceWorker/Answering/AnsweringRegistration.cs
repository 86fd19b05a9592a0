using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>Registers what answering needs beside the model and the admission to it.</summary>
public static class AnsweringRegistration
{
    /// <summary>Adds <see cref="ModelServices"/> and <see cref="CoalescingOptions"/>; wrong settings refuse to start.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Holds the section <c>Coalescing</c>.</param>
    public static IServiceCollection AddAnswering(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CoalescingOptions>().Bind(configuration.GetSection(CoalescingOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ModelServices>();
    }
}

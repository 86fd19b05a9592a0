using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>Registers what says the turns of rehearsals' buyers aloud.</summary>
public static class SynthesisRegistration
{
    /// <summary>
    /// Adds <see cref="SpeechStage"/> where a provider is configured; wrong settings refuse to start.
    /// </summary>
    /// <param name="configuration">Holds the section <c>Speech</c>.</param>
    public static IServiceCollection AddSpeechSynthesis(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(SynthesisOptions.Section);
        services.AddOptions<SynthesisOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SynthesisOptions>, SynthesisOptionsValidator>();
        if (string.Equals(section["Provider"], nameof(SynthesisProvider.OpenAI), StringComparison.OrdinalIgnoreCase))
        {
            services.AddSingleton<ISpeechSynthesizer, OpenAISynthesizer>().AddSingleton<SynthesisLog>().AddSingleton<SpeechStage>();
        }

        return services;
    }
}

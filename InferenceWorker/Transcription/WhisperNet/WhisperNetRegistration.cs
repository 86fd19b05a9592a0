using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>Registers Whisper inside this process.</summary>
public static class WhisperNetRegistration
{
    /// <summary>Adds it as the transcriber; a model that is missing or broken refuses to start.</summary>
    /// <param name="configuration">Holds the section <c>Transcription:WhisperNet</c>.</param>
    public static IServiceCollection AddWhisperNet(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WhisperNetOptions>().Bind(configuration.GetSection(WhisperNetOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<WhisperNetOptions>, WhisperNetOptionsValidator>()
            .AddSingleton<WhisperModelFile>()
            .AddSingleton<WhisperModel>()
            .AddHostedService(provider => provider.GetRequiredService<WhisperModel>())
            .AddSingleton<ITranscriber, WhisperNetTranscriber>();
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Transcription.WhisperNet;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Registers what turns voices into words.</summary>
public static class TranscriptionRegistration
{
    /// <summary>
    /// Adds <see cref="TranscriptionService"/> and the <see cref="ITranscriber"/> that is configured, if one is; wrong settings refuse to
    /// start.
    /// </summary>
    /// <param name="configuration">Holds the section <c>Transcription</c>.</param>
    public static IServiceCollection AddTranscription(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TranscriptionOptions.Section);
        services.AddOptions<TranscriptionOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TranscriptionOptions>, TranscriptionOptionsValidator>();
        if (string.Equals(section["Provider"], nameof(TranscriptionProvider.OpenAI), StringComparison.OrdinalIgnoreCase))
        {
            services.AddSingleton<ITranscriber, OpenAITranscriber>();
        }

        if (string.Equals(section["Provider"], nameof(TranscriptionProvider.WhisperNet), StringComparison.OrdinalIgnoreCase))
        {
            services.AddWhisperNet(configuration);
        }

        if (services.Any(service => service.ServiceType == typeof(ITranscriber))
            && section.GetValue(nameof(TranscriptionOptions.Silero), defaultValue: true))
        {
            services.AddSingleton<SpeechModel>();
        }

        return services
            .AddSingleton<TranscriptionService>()
            .AddGauge<TranscriptionService>(
                "teleprompter.transcription.unavailable",
                unit: null,
                "Whether voices become no words because the transcriber does not answer.",
                service => service.State == TranscriptionState.Unavailable ? 1 : 0)
            .AddHostedService<TranscriberReadiness>();
    }
}

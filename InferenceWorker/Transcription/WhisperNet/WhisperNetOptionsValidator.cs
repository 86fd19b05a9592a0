using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Transcription.WhisperNet;

/// <summary>Refuses settings that cannot work, naming the setting and what to set.</summary>
sealed class WhisperNetOptionsValidator(IOptions<TranscriptionOptions> transcription) : IValidateOptions<WhisperNetOptions>
{
    const int Sha256Digits = 64;

    public ValidateOptionsResult Validate(string? name, WhisperNetOptions options)
    {
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    IEnumerable<string> Faults(WhisperNetOptions options)
    {
        if (string.IsNullOrWhiteSpace(transcription.Value.Model))
        {
            yield return $"Transcription:Model is missing: set it to the path of a model file. {WhisperModelFile.Source}";
        }

        if (options.Slots is < 1 or > 64)
        {
            yield return "Transcription:WhisperNet:Slots must be 1 to 64: set it to 2, the default, or remove it.";
        }

        if (options.Download is { } download && !(download.IsAbsoluteUri && download.Scheme is "http" or "https"))
        {
            yield return "Transcription:WhisperNet:Download is no http or https address: set it to that of the model file, or remove it.";
        }

        if (options.Sha256 is { } sum && (sum.Length != Sha256Digits || !sum.All(char.IsAsciiHexDigit)))
        {
            yield return "Transcription:WhisperNet:Sha256 is no SHA-256: set it to the 64 digits that the model's page names, "
                + "or that sha256sum prints of the file.";
        }
        else if (options is { Download: not null, Sha256: null })
        {
            yield return "Transcription:WhisperNet:Sha256 is missing: set it to the model file's SHA-256, "
                + "so that nothing else is downloaded in its place.";
        }
    }
}

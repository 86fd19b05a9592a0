namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Reads the language of a call: a BCP 47 tag, null for English, or <c>auto</c>, which leaves it to the transcriber.</summary>
static class SpokenLanguage
{
    const string Auto = "auto";

    /// <summary>The primary language in lower case, as engines name it; null where nobody knows it beforehand.</summary>
    public static string? CodeOf(string? language) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        null or "" => "en",
        Auto or "und" or "mul" => null,
        var code => code,
    };
}

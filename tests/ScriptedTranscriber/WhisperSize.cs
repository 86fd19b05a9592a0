namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>The size of a model of Whisper.</summary>
/// <param name="Width">Values a position, a multiple of 64: heads have 64 each.</param>
/// <param name="AudioLayers">4, 6, 12, 24 or 32: whisper.cpp tells the models by it.</param>
/// <param name="Mels">Bands of the spectrum: 80, or 128 from large-v3 on.</param>
/// <param name="Vocabulary">Tokens: 51,865 with 99 languages, 51,866 with 100.</param>
public sealed record WhisperSize(int Width, int AudioLayers, int TextLayers, int Mels = 80, int Vocabulary = 51_865)
{
    /// <summary>The least that whisper.cpp runs: a second of voice takes milliseconds.</summary>
    public static WhisperSize Least { get; } = new(64, 4, 1);

    /// <summary>The sizes of the published models, by their names.</summary>
    public static IReadOnlyDictionary<string, WhisperSize> Published { get; } = new Dictionary<string, WhisperSize>(StringComparer.Ordinal)
    {
        ["tiny"] = new(384, 4, 4),
        ["base"] = new(512, 6, 6),
        ["small"] = new(768, 12, 12),
        ["medium"] = new(1024, 24, 24),
        ["large-v3"] = new(1280, 32, 32, 128, 51_866),
        ["large-v3-turbo"] = new(1280, 32, 4, 128, 51_866),
    };
}

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>The system messages, as Markdown files beside this class.</summary>
static class Instructions
{
    /// <summary>How to write a suggestion.</summary>
    public static string Suggest { get; } = Read(typeof(Instructions), "Suggest.md");

    /// <summary>How to write the rolling summary.</summary>
    public static string Summarise { get; } = Read(typeof(Instructions), "Summarise.md");

    /// <summary>Reads a system message.</summary>
    /// <param name="beside">The class that it lies beside.</param>
    public static string Read(Type beside, string file)
    {
        using var stream = beside.Assembly.GetManifestResourceStream(beside, file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }
}

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>The system messages, as Markdown files beside this class.</summary>
static class Instructions
{
    /// <summary>How to write a suggestion.</summary>
    public static string Suggest { get; } = Read("Suggest.md");

    /// <summary>How to write the rolling summary.</summary>
    public static string Summarise { get; } = Read("Summarise.md");

    static string Read(string file)
    {
        using var stream = typeof(Instructions).Assembly.GetManifestResourceStream(typeof(Instructions), file)
            ?? throw new InvalidOperationException($"{file} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd();
    }
}

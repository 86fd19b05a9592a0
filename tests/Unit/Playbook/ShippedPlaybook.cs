using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>The cards as they lie beside the program.</summary>
static class ShippedPlaybook
{
    static readonly Lazy<TextVectors> LazyVectors = new(() =>
        TextVectors.Load(Path.Combine(AppContext.BaseDirectory, "card-vectors.bin"), out _)
        ?? throw new InvalidOperationException("The model is not beside the tests."));

    static readonly Lazy<PlaybookEdition> LazyByWords = new(() => new PlaybookFolder(Folder).Scan()!);

    static readonly Lazy<PlaybookEdition> LazyEdition = new(() => ByWords.WithMeaning(Vectors, out _));

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "playbook");

    public static TextVectors Vectors => LazyVectors.Value;

    public static PlaybookEdition Edition => LazyEdition.Value;

    public static PlaybookEdition ByWords => LazyByWords.Value;
}

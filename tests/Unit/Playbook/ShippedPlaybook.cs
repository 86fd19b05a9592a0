using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>The cards as they lie beside the program.</summary>
static class ShippedPlaybook
{
    static readonly Lazy<PlaybookEdition> LazyEdition = new(() => new PlaybookFolder(Folder).Scan()!);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "playbook");

    public static PlaybookEdition Edition => LazyEdition.Value;
}

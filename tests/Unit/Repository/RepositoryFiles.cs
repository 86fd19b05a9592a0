namespace Teleprompter.Tests.Unit.Repository;

/// <summary>Finds the files of the repository that tests read.</summary>
static class RepositoryFiles
{
    public static string Golden => Path.Combine(Root, "tests", "Golden");

    public static string Deploy => Path.Combine(Root, "deploy");

    /// <summary>Every C# file that is written by hand.</summary>
    public static IEnumerable<string> Sources =>
        from folder in (string[])["ClientSdk", "Contracts", "Gateway", "InferenceWorker", "tests"]
        from file in Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", new EnumerationOptions { RecurseSubdirectories = true })
        where !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules")
        select file;

    static string Root { get; } = FindRoot();

    static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Teleprompter.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Run the tests from within the repository.");
    }
}

namespace Teleprompter.Tests.Unit.Repository;

/// <summary>Finds the files of the repository that tests read.</summary>
static class RepositoryFiles
{
    public static string Golden => Path.Combine(Root, "tests", "Golden");

    public static string Deploy => Path.Combine(Root, "deploy");

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file that is written by hand, as full paths.</summary>
    public static IEnumerable<string> Sources => All("*.cs").Select(file => Path.Combine(Root, file));

    /// <summary>The files of a name, relative to the root, without what was built, installed, or lies beside the repository.</summary>
    public static IEnumerable<string> All(string pattern) => Folders(Root)
        .SelectMany(folder => Directory.EnumerateFiles(folder, pattern))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    static IEnumerable<string> Folders(string folder) => Directory.EnumerateDirectories(folder)
        .Where(inner => Path.GetFileName(inner) is not ("bin" or "obj" or "node_modules" or "dist" or "shared" or ".git"))
        .SelectMany(Folders)
        .Prepend(folder);

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

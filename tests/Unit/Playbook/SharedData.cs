namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>Data that lies beside the repository; tests that use it are skipped where it is absent.</summary>
static class SharedData
{
    public static string File(string path) => Find(Path.Combine("shared", path)) ?? throw new IgnoreException($"shared/{path} is not beside the repository.");

    public static string Golden(string file) => Find(Path.Combine("tests", "Golden", file)) ?? throw new FileNotFoundException(file);

    public static string Cards => Find(Path.Combine("InferenceWorker", "Playbook", "Cards")) ?? throw new DirectoryNotFoundException();

    static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, path);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

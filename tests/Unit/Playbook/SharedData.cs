namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>Data that lies beside the repository; a test that uses it is skipped where it is absent.</summary>
static class SharedData
{
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new IgnoreException($"shared/{path} is not beside the repository.");
    }
}

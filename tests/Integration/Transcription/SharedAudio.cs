namespace Teleprompter.Tests.Integration.Transcription;

/// <summary>The recordings in shared/audio, found beside the repository.</summary>
static class SharedAudio
{
    /// <summary>The path of a recording; the test is skipped where it is absent.</summary>
    public static string Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "audio", name);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new IgnoreException($"shared/audio/{name} is not beside the repository.");
    }
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// Reads a folder of Markdown files repeatedly: those that end in .md or .markdown, except <c>README.md</c> and what begins with a dot or
/// an underscore.
/// </summary>
sealed class MarkdownFolder(string root)
{
    string seen = "";

    /// <summary>Finds a folder; a relative path is resolved against the content root first, then against the program's folder.</summary>
    /// <returns>Its full path; null when there is no such folder.</returns>
    public static string? Find(string contentRoot, string folder) =>
        new[] { contentRoot, AppContext.BaseDirectory }
            .Select(root => Path.GetFullPath(Path.Combine(root, folder)))
            .FirstOrDefault(Directory.Exists);

    /// <summary>Reads the folder.</summary>
    /// <param name="missing">The folder is not there.</param>
    /// <returns>Its files in the order of their names; null when nothing has changed since it was last read.</returns>
    public IReadOnlyList<MarkdownFile>? Read(out bool missing)
    {
        missing = !Directory.Exists(root);
        if (missing)
        {
            seen = "";
            return null;
        }

        var files = Names().Select(Read).ToList();
        var content = Hash(files);
        if (string.Equals(content, seen, StringComparison.Ordinal))
        {
            return null;
        }

        seen = content;
        return files;
    }

    IEnumerable<string> Names() =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".md" or ".markdown")
            .Where(file => !file.Split('/').Any(part => part[0] is '.' or '_'))
            .Where(file => !Path.GetFileNameWithoutExtension(file).Equals("README", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal);

    MarkdownFile Read(string file)
    {
        try
        {
            return new MarkdownFile(file, TextFile.Read(Path.Combine(root, file)));
        }
        catch (TextFormatException error)
        {
            return new MarkdownFile(file, "", new PlaybookError(file, error.Line, error.Message));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new MarkdownFile(file, "", new PlaybookError(
                file, 1, "The file cannot be read. Close the program that holds it, or allow the worker to read it."));
        }
    }

    static string Hash(List<MarkdownFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(MemoryMarshal.AsBytes<char>($"{file.Name}\0{file.Problem}\0{file.Text.Length}\0"));
            hash.AppendData(MemoryMarshal.AsBytes<char>(file.Text));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}

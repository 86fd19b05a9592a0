namespace Teleprompter.Tests.Unit.Repository;

/// <summary>The one rule of the format that neither the build nor <c>dotnet format whitespace --folder</c> checks.</summary>
public sealed class UsingDirectiveTests
{
    [Test]
    public void Using_directives_stand_in_order_with_System_first()
    {
        var files = RepositoryFiles.Sources.ToList();

        Assert.That(files, Has.Count.GreaterThan(100));
        Assert.That(files.Where(file => !IsInOrder(file)), Is.Empty);
    }

    static bool IsInOrder(string file)
    {
        var directives = File.ReadLines(file)
            .TakeWhile(line => line.Length == 0 || line[0] is '#' or '/' || line.StartsWith("using ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal)).Select(line => line[6..].TrimEnd(';')).ToList();
        var inOrder = directives
            .OrderBy(name => name.Contains('=', StringComparison.Ordinal))
            .ThenBy(name => name.StartsWith("static ", StringComparison.Ordinal))
            .ThenBy(name => name.Split('.', ' ')[0] != "System")
            .ThenBy(name => name.Replace('.', '\0'), StringComparer.OrdinalIgnoreCase);
        return directives.SequenceEqual(inOrder, StringComparer.Ordinal);
    }
}

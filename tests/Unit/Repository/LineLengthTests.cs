namespace Teleprompter.Tests.Unit.Repository;

public sealed class LineLengthTests
{
    /// <summary>What .editorconfig states, in UTF-16 code units. No analyzer checks it.</summary>
    const int Columns = 140;

    /// <summary>Longer lines that are still to be wrapped. Lower it with every line that is; never raise it.</summary>
    const int Allowed = 79;

    [Test]
    public void No_line_of_code_is_longer_than_140_columns()
    {
        var found = RepositoryFiles.All("*.cs")
            .SelectMany(file => File.ReadLines(Path.Combine(RepositoryFiles.Root, file)).Index()
                .Where(line => line.Item.Length > Columns)
                .Select(line => $"{file}:{line.Index + 1}: {line.Item.Length} columns"))
            .ToList();
        Assert.That(found, Has.Count.LessThanOrEqualTo(Allowed), string.Join('\n', found));
    }
}

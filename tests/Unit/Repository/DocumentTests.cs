using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Teleprompter.Tests.Unit.Repository;

public sealed partial class DocumentTests
{
    static IEnumerable<string> Documents => RepositoryFiles.All("*.md");

    [TestCaseSource(nameof(Documents))]
    public void A_link_leads_to_a_file_and_to_a_heading_in_it(string document)
    {
        foreach (Match link in Link().Matches(Read(document)))
        {
            var (path, heading) = (link.Groups["path"].Value, link.Groups["heading"].Value);
            var target = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, path);
            Assert.That(Path.Exists(Path.Combine(RepositoryFiles.Root, target)), Is.True, link.Value);
            Assert.That(heading.Length == 0 || Headings(Read(target)).Contains(heading, StringComparer.Ordinal), Is.True, link.Value);
        }
    }

    [Test]
    public void Every_package_and_its_version_stand_in_the_table_with_a_reason()
    {
        var table = Read("InferenceWorker/README.md");
        var missing = XDocument.Load(Path.Combine(RepositoryFiles.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (Id: package.Attribute("Include")!.Value, Version: package.Attribute("Version")!.Value))
            .Where(package => !table.Split('\n').Any(row =>
                row.Contains($"`{package.Id}`", StringComparison.Ordinal) && row.Contains(package.Version, StringComparison.Ordinal)));
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void The_first_page_is_short() => Assert.That(Read("README.md").Split('\n'), Has.Length.LessThanOrEqualTo(121));

    static string Read(string document) => File.ReadAllText(Path.Combine(RepositoryFiles.Root, document));

    static IEnumerable<string> Headings(string text) => Heading().Matches(text)
        .Select(heading => Punctuation().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(
        @"(\]\(|<img src="")(?!\w+:)(?<path>[^)#""\s]*)(#(?<heading>[^)""\s]*))?[)""]",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\d\- _]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Punctuation();
}

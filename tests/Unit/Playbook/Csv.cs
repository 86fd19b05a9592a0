using System.Text;

namespace Teleprompter.Tests.Unit.Playbook;

/// <summary>Reads comma-separated values as RFC 4180 has them.</summary>
static class Csv
{
    /// <summary>The rows below the heading.</summary>
    public static IEnumerable<string[]> Rows(string path) => All(File.ReadAllText(path)).Skip(1);

    static IEnumerable<string[]> All(string text)
    {
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"' when quoted && at + 1 < text.Length && text[at + 1] is '"':
                    cell.Append(text[at++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\n' when !quoted:
                    yield return [.. row, cell.ToString().TrimEnd('\r')];
                    row.Clear();
                    cell.Clear();
                    break;
                default:
                    cell.Append(text[at]);
                    break;
            }
        }
    }
}

using System.Buffers;
using System.Text;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Contracts;

namespace Teleprompter.Hosting.Privacy;

/// <summary>
/// Removes numbers and addresses of persons from what is said, before anything is stored or asked of a model. Every text is judged alone:
/// the same words become the same text wherever they are redacted, and a redacted text stays as it is.
/// </summary>
public sealed class Redactor(IOptions<PrivacyOptions> options)
{
    // Without one of these there is nothing to remove.
    static readonly SearchValues<string> cues = SearchValues.Create(
        [
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "@", " at ", "zero", "one", "two", "three", "four", "five", "six", "seven",
            "eight", "nine", "double", "triple",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Redacts a segment; of an interim also a long number that is not finished.</summary>
    /// <param name="team">The call's team; null for none.</param>
    public SegmentHeard Redact(TranscriptSegment segment, string? team = null)
    {
        var text = Redact(segment.Text, unfinished: !segment.Final, team);
        return ReferenceEquals(text, segment.Text)
            ? new SegmentHeard(segment)
            : new SegmentHeard(segment with { Text = text }) { Said = segment.Text };
    }

    /// <summary>Redacts a text.</summary>
    /// <param name="unfinished">The text may go on.</param>
    /// <param name="team">The call's team; null for none.</param>
    /// <returns>The same instance where nothing is removed.</returns>
    public string Redact(string text, bool unfinished = false, string? team = null)
    {
        var kinds = options.Value.KindsOf(team) ?? RedactionKinds.All;
        if (kinds == RedactionKinds.None || !text.AsSpan().ContainsAny(cues))
        {
            return text;
        }

        var findings = Addresses.In(text, kinds).Concat(Numbers.In(text, kinds, unfinished)).OrderBy(finding => finding.Start).ToList();
        if (findings.Count == 0)
        {
            return text;
        }

        var (redacted, at) = (new StringBuilder(text.Length), 0);
        foreach (var finding in findings.Where(finding => finding.Start >= at))
        {
            redacted.Append(text, at, finding.Start - at).Append(finding.Placeholder);
            at = finding.End;
            PrivacyTelemetry.Redact(finding.Placeholder);
        }

        return redacted.Append(text, at, text.Length - at).ToString();
    }
}

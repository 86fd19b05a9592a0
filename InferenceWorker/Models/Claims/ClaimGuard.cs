using System.Text;
using System.Text.RegularExpressions;
using Teleprompter.InferenceWorker.Models.Speech;

namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>
/// Checks the claims of an answer while it is written: no delta leaves with a price, percentage, date or promise that neither cards nor
/// brief nor call support, without naming it. A figure that is being written is held until the character after it; nothing else waits.
/// </summary>
sealed partial class ClaimGuard(ClaimSources sources)
{
    readonly Lazy<ClaimSet> offered = new(() => new ClaimSet(sources.Offered));
    readonly Lazy<ClaimSet> said = new(() => new ClaimSet(sources.Said));
    readonly List<string> ofWholeSentences = [];
    readonly StringBuilder sentence = new();
    SentenceClaims claims = new();
    IReadOnlyList<string> named = [];
    string held = "";

    /// <summary>What is unsupported in a whole answer, as it is written, each once.</summary>
    public static IReadOnlyList<string> Unsupported(string answer, ClaimSources sources)
    {
        var guard = new ClaimGuard(sources);
        return guard.Unsupported(guard.Read(answer));
    }

    /// <summary>Checks a part of the answer.</summary>
    /// <returns>What leaves now; null when all of it is held back.</returns>
    public AnswerPart? Pass(AnswerPart part)
    {
        if (part.Replaces)
        {
            (held, named) = ("", []);
            ofWholeSentences.Clear();
            sentence.Clear();
            claims = new SentenceClaims();
        }

        var text = held + part.Text;
        var firm = part.Replaces ? text.Length : text.Length - OpenFigure().Match(text).Length;
        (text, held) = (text[..firm], text[firm..]);
        return text.Length > 0 || part.Replaces ? Checked(part with { Text = text }) : null;
    }

    /// <summary>The answer is over.</summary>
    /// <returns>What was held; null for nothing.</returns>
    public AnswerPart? End()
    {
        var last = held;
        held = "";
        return last.Length > 0 ? Checked(new AnswerPart(last)) : null;
    }

    AnswerPart Checked(AnswerPart part)
    {
        var unsupported = Unsupported(Read(part.Text));
        if (!part.Replaces && unsupported.SequenceEqual(named, StringComparer.Ordinal))
        {
            return part;
        }

        named = unsupported;
        return part with { UnsupportedFigures = unsupported };
    }

    /// <returns>The sentence that is being written.</returns>
    string Read(string text)
    {
        sentence.Append(text);
        var written = sentence.ToString();
        while (Sentences.FirstEnd(written) is > 0 and var end && end < written.Length)
        {
            var whole = written[..end];
            ofWholeSentences.AddRange(Unsupported(whole, new SentenceClaims().In(whole)));
            sentence.Remove(0, end);
            written = written[end..];
            claims = new SentenceClaims();
        }

        return written;
    }

    List<string> Unsupported(string written)
    {
        List<string> all = [.. ofWholeSentences, .. Unsupported(written, claims.In(written))];
        return all.Count < 2 ? all : [.. all.Distinct(StringComparer.Ordinal)];
    }

    IEnumerable<string> Unsupported(string text, Claim[] found)
    {
        Claim[] doubtful = [.. found.Where(claim => !offered.Value.Supports(claim))];
        if (doubtful.Length == 0)
        {
            return [];
        }

        var tone = SentenceTone.Of(text);
        return doubtful
            .Where(claim => claim.Kind != ClaimKind.Date || !tone.Asks)
            .Where(claim => !(tone.MayRepeat(claim, text) && said.Value.Supports(claim)))
            .OrderBy(claim => claim.At)
            .Select(claim => claim.Text);
    }

    // "$4" may become "$49", and "1" may become "1,200".
    [GeneratedRegex(
        @"([$€£¥]\s?)?(\d[\d.,'’]*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OpenFigure();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Teleprompter.Contracts;

namespace Teleprompter.Gateway.Reports;

/// <summary>
/// A call's report as a page to read. Markdown's own marks are escaped: what was said cannot become a heading, a link or markup.
/// </summary>
public static partial class CallMarkdown
{
    const int Timeout = 1000;

    public static string Of(CallReport report)
    {
        var page = new StringBuilder();
        string?[] customer = [report.Brief.CustomerName, report.Brief.Role, report.Brief.Company];
        string[] who = [.. customer.Where(part => !string.IsNullOrEmpty(part)).Select(Line!)];
        page.Append("# Call").Append(who.Length > 0 ? $" with {string.Join(", ", who)}" : "").Append("\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{report.StartedAt:yyyy-MM-dd HH:mm} UTC{Talk(report.Talk)}\n");
        if (report.Consent is { } consent)
        {
            page.Append(Consented(consent));
        }

        Section(page, "Score card", report.ScoreCard?.Checks.Select(Check) ?? []);
        if (report.Summary is { } summary)
        {
            Section(page, "Needs", summary.Needs.Select(Item));
            Section(page, "Objections", summary.Objections.Select(Item));
            Section(page, "Commitments", summary.Commitments.Select(Item));
            Section(page, "Next steps", summary.NextSteps.Select(Item));
        }

        Section(page, "What came up", report.Cards.Select(Card));
        Section(page, "Suggestions", report.Suggestions.Select(Suggestion));
        Section(page, "Transcript", report.Transcript.Select(segment =>
            $"**{Line(Name(segment.Speaker, report.Brief))}** ({Clock(segment.StartMs)}): {Line(segment.Text)}\n"));
        return page.ToString().TrimEnd() + "\n";
    }

    static void Section(StringBuilder page, string title, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        if (all.Length > 0)
        {
            page.Append("\n## ").Append(title).Append("\n\n").AppendJoin('\n', all).Append('\n');
        }
    }

    static string Talk(TalkTime talk) => talk is { RepShare: { } share, Longest: { } longest }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $" · the rep spoke {share:P0} of the time"
            + $" · longest monologue {Clock(longest.DurationMs)} ({(longest.Speaker == Speaker.Rep ? "rep" : "customer")})")
        : "";

    static string Consented(RecordedConsent recorded) => string.Create(
        CultureInfo.InvariantCulture,
        $"\nConsent: {(recorded.Consent.Everyone ? "everyone" : "the rep")}, {How(recorded.Consent.Method)}, policy "
        + $"{Line(recorded.Consent.PolicyVersion)}, recorded {recorded.At:yyyy-MM-dd HH:mm} UTC"
        + $"{(recorded.By is { } by ? $" by {Line(by)}" : "")}\n");

    static string How(ConsentMethod method) => method switch
    {
        ConsentMethod.Spoken => "spoken",
        ConsentMethod.Written => "in writing",
        ConsentMethod.OnScreen => "on screen",
        ConsentMethod.Simulated => "nobody on the call: a sample or a rehearsal",
        _ => "in another way",
    };

    static string Check(ScoreCheck check)
    {
        var at = check.AtMs is { } ms ? $" ({Clock(ms)})" : "";
        return $"- {(check.Passed ? "Yes" : "No")}: {Line(check.Because)}{at}";
    }

    static string Item(string text) => $"- {Line(text)}";

    static string Card(ReportCard card)
    {
        var fact = card.Fact is null ? "" : $": {Line(card.Fact)}";
        var source = card.Source is null ? "" : $" ({Line(card.Source)})";
        return $"- **{Line(card.Title ?? card.CardId)}**{fact}{source}";
    }

    static string Suggestion(ReportSuggestion shown)
    {
        string?[] marked = [shown.Suggestion.Said ? "said" : null, shown.Suggestion.Feedback is FeedbackKind.Used ? "used" : null];
        string[] marks = [.. marked.OfType<string>()];
        return $"- ({Clock(shown.AtMs)}) {Line(shown.Suggestion.Text)}{(marks.Length > 0 ? $" *{string.Join(", ", marks)}*" : "")}";
    }

    static string Name(Speaker speaker, CallBrief brief) =>
        speaker == Speaker.Rep ? Named(brief.RepName, "Rep") : Named(brief.CustomerName, "Customer");

    static string Named(string? name, string otherwise) => string.IsNullOrEmpty(name) ? otherwise : name;

    static string Clock(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}:{ms / 1000 % 60:00}");

    static string Line(string text) => Mark().Replace(Invisible().Replace(text, Visible).Trim(), "\\$0");

    static string Visible(Match run) => run.ValueSpan.ContainsAny("\t\n\r\u2028\u2029") ? " " : "";

    // Also what a page would show as a link of its own accord, as another character, or as a list.
    [GeneratedRegex(@"[\\`*_\[\]<>#|~]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.|^[-+=]|(?<=^\d{1,9})[.)]", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Mark();

    // Controls, and the marks that turn the direction of what follows or show nothing at all.
    [GeneratedRegex(@"[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF]+", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Invisible();
}

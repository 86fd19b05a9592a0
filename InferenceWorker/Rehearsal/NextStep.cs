using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>Whether somebody proposes a next step that can be put into a calendar: what, and when. English.</summary>
static partial class NextStep
{
    public static bool In(string words) => What().IsMatch(words) && When().IsMatch(words);

    const RegexOptions Spoken = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\b(send|mail|write|call|meet(ing)?|book|invit(e|ation)|calendar|demo|workshop|pilot|trial|test account|talk|speak|bring|show"
        + @"|half an hour|schedule|start|begin|kick off)\b", Spoken, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex What();

    [GeneratedRegex(
        @"\b(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|next week|this week|this afternoon|on the \d+(st|nd|rd|th)?"
        + @"|by (noon|five|the end)|at (nine|ten|eleven|twelve|one|two|three|four|five|\d+))\b", Spoken, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex When();
}

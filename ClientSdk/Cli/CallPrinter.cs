using System.Globalization;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli;

/// <summary>Writes what a rep would see, a line for each final sentence, card and suggestion.</summary>
sealed class CallPrinter(Screen screen, CallClient client)
{
    readonly HashSet<(Speaker, string)> said = [];
    StatusLine? status;

    public void Print(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case TranscriptUpdated { Final: true, Text: "" } copy:
                var which = said.Contains((copy.Speaker, copy.SegmentId)) ? "the rep's line above" : "a line of the rep";
                screen.Line($"{Clock}  [yellow]removed [/]  {which}: the microphone heard the customer");
                break;
            case TranscriptUpdated { Final: true } heard when said.Add((heard.Speaker, heard.SegmentId)):
                screen.Line($"{Clock}  {(heard.Speaker is Speaker.Rep ? "rep     " : "customer")}  {heard.Text}");
                break;
            case RepCutOff { CutOff: var cutOff }:
                screen.Line($"{Clock}  [red]{(cutOff.HangsUp ? "hangs up" : "cut off ")}[/]  {cutOff.Why}");
                break;
            case CardShown card:
                screen.Line($"{Clock}  [blue]card    [/]  {card.Title} ({card.CardId})");
                break;
            case SuggestionCompleted suggestion:
                var latency = $"{suggestion.Source.Words()}, {suggestion.Latency.ServerMs / 1000:F2} s";
                screen.Line($"{Clock}  [green]say     [/]  {suggestion.Text} [dim]({latency})[/]");
                break;
            case SuggestionWithdrawn withdrawn:
                screen.Line($"{Clock}  [yellow]withdrawn[/] {withdrawn.Reason.Words()}");
                break;
        }

        var line = client.StatusLine;
        if (line.Kind != status?.Kind && line.Kind is not (StatusKind.Thinking or StatusKind.Listening or StatusKind.Ended))
        {
            screen.Line($"{Clock}  [yellow]status  [/]  {line.Text}");
        }

        status = line;
    }

    string Clock => client.Elapsed.ToString(@"mm\:ss", CultureInfo.InvariantCulture);
}

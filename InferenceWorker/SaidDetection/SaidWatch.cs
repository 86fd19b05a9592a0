using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.CardMatching;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Detects which of the latest suggestions the rep has said, each once.</summary>
/// <param name="conversation">What was suggested and said.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where events and entries go.</param>
/// <param name="matching">Compares beside the call's loop.</param>
public sealed class SaidWatch(Conversation conversation, CallClock clock, ICallOutput output, CallMatching matching)
{
    /// <summary>The time after a suggestion was shown in which the rep may still say it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(45);

    /// <summary>Has the latest suggestions compared with what the rep has said since.</summary>
    public void Check()
    {
        var shown = conversation.Unsaid(since: clock.Now - Within)
            .Select(each => (each.Suggestion, conversation.WordsOf(Speaker.Rep, since: TimeSpan.FromMilliseconds(each.AtMs))))
            .ToList();
        if (shown.Count > 0)
        {
            matching.Ask(new SaidComparison(shown));
        }
    }

    /// <summary>Notes what the rep was found to have said.</summary>
    public void Handle(SayingsFound found)
    {
        var unsaid = conversation.Unsaid(TimeSpan.Zero).Select(each => each.Suggestion.SuggestionId).ToHashSet(StringComparer.Ordinal);
        foreach (var suggestion in found.Suggestions.Where(suggestion => unsaid.Contains(suggestion.SuggestionId)))
        {
            var said = new SayingHeard(suggestion.SuggestionId, (long)clock.Now.TotalMilliseconds);
            conversation.Apply(said);
            output.Keep(said);
            output.Emit(new SuggestionSaid(said.SuggestionId));
            WorkerTelemetry.Say(suggestion.CardId);
        }
    }
}

using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Detects which of the latest suggestions the rep has said, each once.</summary>
/// <param name="conversation">What was suggested and said.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where events and entries go.</param>
public sealed class SaidWatch(Conversation conversation, CallClock clock, ICallOutput output)
{
    /// <summary>The time after a suggestion was shown in which the rep may still say it.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(45);

    /// <summary>Compares the latest suggestions with what the rep has said since.</summary>
    public void Check()
    {
        foreach (var shown in conversation.Unsaid(since: clock.Now - Within))
        {
            var repWords = conversation.WordsOf(Speaker.Rep, since: TimeSpan.FromMilliseconds(shown.AtMs));
            if (!SaidSuggestion.Is(shown.Suggestion.Text, repWords))
            {
                continue;
            }

            var said = new SayingHeard(shown.Suggestion.SuggestionId, (long)clock.Now.TotalMilliseconds);
            conversation.Apply(said);
            output.Keep(said);
            output.Emit(new SuggestionSaid(said.SuggestionId));
            WorkerTelemetry.Say(shown.Suggestion.CardId);
        }
    }
}

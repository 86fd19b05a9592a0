using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Notices, whenever the rep has spoken, which of the suggestions shown lately they said; each once.</summary>
/// <param name="conversation">What was suggested and said.</param>
/// <param name="clock">The call's clock.</param>
/// <param name="output">Where it is told and kept.</param>
public sealed class SaidWatch(Conversation conversation, CallClock clock, ICallOutput output)
{
    /// <summary>What the rep says later than this after a suggestion was shown has nothing to do with it any more.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(45);

    /// <summary>The rep has spoken.</summary>
    public void Listen()
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

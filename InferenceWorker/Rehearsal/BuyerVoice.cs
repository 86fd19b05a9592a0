using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook.Personas;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>
/// The one turn that a buyer is about to say, or is saying: its words come from the model's stream or are a line of its own, and become a
/// segment of the customer.
/// </summary>
/// <param name="speak">Takes the segment, as it grows.</param>
/// <param name="begins">Told of a turn right before its first words.</param>
sealed class BuyerVoice(CallClock clock, ICallModel model, Action<TranscriptSegment> speak, Action<BuyerTurn> begins)
{
    /// <summary>The turn; null where the buyer is silent.</summary>
    public BuyerTurn? Turn { get; private set; }

    /// <summary>The turn's first words were said.</summary>
    public bool Speaks => Turn?.SpeaksSince is not null;

    /// <summary>Makes a turn that begins now.</summary>
    public BuyerTurn NewTurn(string label, CutInReason? reason = null, string? why = null) => new(label, reason, why, clock.Now);

    /// <summary>Has the model write a turn.</summary>
    /// <returns>False where no model answers or none has room: the turn is to be said in the persona's own words.</returns>
    public bool TryPlay(BuyerTurn turn, Func<ModelPrompt> prompt)
    {
        Turn = turn;
        return model.State == ModelState.Ready && model.TryPlay(turn.Id, prompt(), turn.Cancellation);
    }

    /// <summary>Says a whole turn at once.</summary>
    public void Say(BuyerTurn turn, string line)
    {
        (Turn, turn.Text) = (turn, line);
        Begin(turn, SuggestionSource.Playbook);
        Finish();
    }

    /// <summary>Gives a sign of listening, which is no turn.</summary>
    public void Murmur(string line)
    {
        RehearsalTelemetry.Speak("listens", SuggestionSource.Playbook, TimeSpan.Zero);
        speak(NewTurn("listens").Segment(line, final: true, clock.Now));
    }

    /// <summary>Says what the model has written.</summary>
    /// <returns>False where the turn has had its words: no more are taken.</returns>
    public bool Add(BuyerWords words)
    {
        if (Turn is not { } turn || turn.Id != words.TurnId)
        {
            WorkerTelemetry.DropInput("cancelledWords");
            return true;
        }

        turn.Text = words.Replaces ? words.Text : turn.Text + words.Text;
        if (!string.IsNullOrWhiteSpace(turn.Text))
        {
            Begin(turn, SuggestionSource.Model);
            speak(turn.Segment(Speakable(turn.Text), final: false, clock.Now));
        }

        return WordsOf(turn.Text).Length <= PersonaReader.MostWords;
    }

    /// <summary>Ends the turn; its words so far stand.</summary>
    public void Finish()
    {
        var turn = Turn!;
        Turn = null;
        turn.Dispose();
        speak(turn.Segment(Speakable(turn.Text), final: true, clock.Now));
    }

    /// <summary>Stops the turn, if there is one; what was said of it stands.</summary>
    /// <param name="reason">Why, as it is counted.</param>
    public void Stop(string reason)
    {
        if (Turn is null)
        {
            return;
        }

        RehearsalTelemetry.Drop(reason);
        if (Speaks)
        {
            Finish();
        }
        else
        {
            Turn.Dispose();
            Turn = null;
        }
    }

    void Begin(BuyerTurn turn, SuggestionSource source)
    {
        if (turn.SpeaksSince is null)
        {
            turn.SpeaksSince = clock.Now;
            RehearsalTelemetry.Speak(turn.Label, source, clock.Now - turn.Since);
            begins(turn);
        }
    }

    /// <summary>No more words than a buyer says at once, to the end of a sentence where one ends.</summary>
    static string Speakable(string text)
    {
        var words = WordsOf(text);
        var most = string.Join(' ', words.Take(PersonaReader.MostWords));
        var end = most.AsSpan().LastIndexOfAny('.', '!', '?');
        return words.Length > PersonaReader.MostWords && end > 0 ? most[..(end + 1)] : most;
    }

    static string[] WordsOf(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

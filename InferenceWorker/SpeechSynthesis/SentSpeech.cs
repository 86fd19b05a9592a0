namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>What was sent of a turn, and how much of it the client says to have played. Thread-safe.</summary>
sealed class SentSpeech
{
    readonly Lock sync = new();
    readonly List<SpokenClause> clauses = [];
    TimeSpan played;

    /// <summary>How much was sent of which the client has not reported that it was played.</summary>
    public TimeSpan Unreported
    {
        get
        {
            lock (sync)
            {
                return clauses.Aggregate(-played, (sum, clause) => sum + clause.Sent);
            }
        }
    }

    /// <summary>A clause of the text begins.</summary>
    public void Begin(int start, int end)
    {
        lock (sync)
        {
            clauses.Add(new SpokenClause(start, end, TimeSpan.Zero, Whole: false));
        }
    }

    /// <summary>More of the clause is sent.</summary>
    public void Add(TimeSpan sound)
    {
        lock (sync)
        {
            clauses[^1] = clauses[^1] with { Sent = clauses[^1].Sent + sound };
        }
    }

    /// <summary>All of the clause was sent.</summary>
    public void Complete()
    {
        lock (sync)
        {
            clauses[^1] = clauses[^1] with { Whole = true };
        }
    }

    /// <summary>The client says how much it has played.</summary>
    public void Report(TimeSpan played)
    {
        lock (sync)
        {
            this.played = played;
        }
    }

    /// <summary>How much of the text was heard, to the end of a word that was begun.</summary>
    public string HeardOf(string text)
    {
        lock (sync)
        {
            return text[..PlayedText.Length(text, clauses, played)];
        }
    }
}

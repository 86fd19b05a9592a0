using System.Text;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>One answer that the model writes: its stream, the turns it answers, and its words so far. For the call's one reader.</summary>
/// <param name="turns">The turns it answers, oldest first.</param>
/// <param name="startedAt">When the model was asked, on the call's clock.</param>
public sealed class OpenAnswer(IReadOnlyList<UnansweredTurn> turns, TimeSpan startedAt) : IDisposable
{
    // Of the whole process, so that a rebuilt call never takes the last words of its former self.
    static long lastId;

    readonly CancellationTokenSource stream = new();
    readonly CancellationTokenSource tooLate = new();
    readonly StringBuilder text = new();
    int shown;

    /// <summary>Names the stream in what comes back.</summary>
    public long Id { get; } = Interlocked.Increment(ref lastId);

    /// <summary>The turns it answers, oldest first. Those of an attempt are replaced by the confirmed ones when it is adopted.</summary>
    public IReadOnlyList<UnansweredTurn> Turns { get; set; } = turns;

    /// <summary>When the model was asked, on the call's clock.</summary>
    public TimeSpan StartedAt => startedAt;

    /// <summary>When its first words came, on the call's clock; null before.</summary>
    public TimeSpan? FirstWordsAt { get; private set; }

    /// <summary>When its first words were shown, as tentative or as firm, on the call's clock; null before.</summary>
    public TimeSpan? ShownAt { get; set; }

    /// <summary>Its words may be shown as tentative, although its turn is not confirmed.</summary>
    public bool MayShow { get; set; }

    /// <summary>All words so far.</summary>
    public string Text => text.ToString();

    /// <summary>The model that writes it; null before its first words.</summary>
    public string? Model { get; set; }

    /// <summary>Figures, dates and promises of the words so far that neither card, brief nor call support.</summary>
    public IReadOnlyList<string> UnsupportedFigures { get; set; } = [];

    /// <summary>The model wrote its last word.</summary>
    public bool Whole { get; set; }

    /// <summary>It only says again what was suggested before.</summary>
    public bool Repeats { get; set; }

    /// <summary>Ends the stream.</summary>
    public CancellationToken Cancellation => stream.Token;

    /// <summary>Says that the first words do not come in time, which unlike any other end speaks against the model.</summary>
    public CancellationToken TooLate => tooLate.Token;

    /// <summary>Takes words.</summary>
    /// <param name="now">The call's clock.</param>
    public void Append(string words, TimeSpan now)
    {
        FirstWordsAt ??= now;
        text.Append(words);
    }

    /// <summary>Takes other words in place of all so far.</summary>
    public void Replace(string words)
    {
        text.Clear().Append(words);
        shown = 0;
    }

    /// <summary>Takes the words that are not on the screen yet.</summary>
    /// <returns>The words; empty when all are.</returns>
    public string TakeUnshown()
    {
        var words = text.ToString(shown, text.Length - shown);
        shown = text.Length;
        return words;
    }

    /// <summary>Its first words did not come in time.</summary>
    public void GiveUp() => tooLate.Cancel();

    /// <summary>Closes the stream; nothing that still comes of it is taken.</summary>
    public void Dispose()
    {
        stream.Cancel();
        stream.Dispose();
        tooLate.Dispose();
    }
}

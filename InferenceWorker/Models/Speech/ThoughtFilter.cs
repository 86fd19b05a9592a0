using System.Buffers;
using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>Removes thoughts and control tokens from a model's text. Holds back no more than what may still be a token.</summary>
/// <param name="opensInThought">The model's template opens its thoughts, so that only their end is in the text.</param>
sealed class ThoughtFilter(bool opensInThought)
{
    // gpt-oss where the server removes the tokens of its format and leaves the names.
    const string BareThought = "analysis";
    const string BareSpeech = "assistantfinal";
    const int LongestName = 64;

    static readonly SearchValues<char> openers = SearchValues.Create("<[◁");

    readonly StringBuilder held = new();
    readonly StringBuilder names = new();
    readonly StringBuilder output = new();
    Mode mode = opensInThought ? Mode.Thought : Mode.Speech;
    string element = "";
    bool began;
    bool removed;

    enum Mode
    {
        Speech,
        Thought,
        BareThought,
        Element,
        Names,
        Hidden,
        Over,
    }

    /// <summary>
    /// Whether a thought that nothing had opened ended in the last <see cref="Write"/>: what was let out before it was the thought.
    /// </summary>
    public bool TakesBack { get; private set; }

    /// <summary>Whether the text is not speech now.</summary>
    public bool Hides => mode != Mode.Speech;

    /// <summary>Reads more of the model's text.</summary>
    /// <returns>The speech in it and in what was held back.</returns>
    public string Write(string text)
    {
        TakesBack = false;
        if (began && mode == Mode.Speech && held.Length == 0 && !text.AsSpan().ContainsAny(openers))
        {
            return text;
        }

        output.Clear();
        foreach (var c in text)
        {
            Read(c);
        }

        return output.ToString();
    }

    /// <summary>The text is over.</summary>
    /// <returns>What was held back, if it is speech.</returns>
    public string End()
    {
        TakesBack = false;
        output.Clear();
        if (held.Length > 1 && held[0] == '<')
        {
            // Cut off within a tag.
            held.Clear();
        }

        FlushHeld();
        return output.ToString();
    }

    void Read(char c)
    {
        if (held.Length > 0 && held[0] == BareThought[0])
        {
            ReadBare(c);
            return;
        }

        if (held.Length > 0)
        {
            if (ModelToken.MayContinue(held, c))
            {
                held.Append(c);
                if (ModelToken.IsComplete(held))
                {
                    var token = held.ToString();
                    held.Clear();
                    Apply(token);
                }

                return;
            }

            // "<<|end|>": the second one may still open a token.
            var opens = held.Length == 2 && held[1] == '<';
            held.Length -= opens ? 1 : 0;
            FlushHeld();
            if (opens)
            {
                held.Append('<');
                Read(c);
                return;
            }
        }

        if (openers.Contains(c) || (!began && c == BareThought[0] && mode == Mode.Speech))
        {
            held.Append(c);
        }
        else
        {
            Pass(c);
        }
    }

    void ReadBare(char c)
    {
        if (held.Length == BareThought.Length && (char.IsUpper(c) || c == '\n'))
        {
            held.Clear();
            Hide(Mode.BareThought);
        }
        else if (held.Length < BareThought.Length && c == BareThought[held.Length])
        {
            held.Append(c);
        }
        else
        {
            FlushHeld();
            Read(c);
        }
    }

    void FlushHeld()
    {
        var text = held.Length > 1 && held[0] == '<' && held[1] is ('|' or '｜') ? "" : held.ToString();
        held.Clear();
        foreach (var c in text)
        {
            Pass(c);
        }
    }

    void Pass(char c)
    {
        switch (mode)
        {
            case Mode.Speech when began || !removed || !char.IsWhiteSpace(c):
                began = true;
                output.Append(c);
                break;
            case Mode.Names when c == '\n':
                EndNames();
                break;
            case Mode.Names when names.Length < LongestName:
                names.Append(c);
                break;
            case Mode.BareThought:
                names.Append(c);
                if (names.Length > BareSpeech.Length)
                {
                    names.Remove(0, 1);
                }

                if (names.Equals(BareSpeech))
                {
                    mode = Mode.Speech;
                }

                break;
        }
    }

    void Apply(string token)
    {
        if (mode == Mode.Over)
        {
            return;
        }

        var kind = ModelToken.Classify(token, out var name);
        switch (kind)
        {
            case ModelTokenKind.Text:
                token.ToList().ForEach(Pass);
                return;
            case ModelTokenKind.ThoughtOpens:
                Hide(Mode.Thought);
                break;
            case ModelTokenKind.ThoughtCloses when mode == Mode.Speech:
                TakesBack |= began;
                began = false;
                output.Clear();
                break;
            case ModelTokenKind.ThoughtCloses or ModelTokenKind.ModelSpeaks:
                mode = Mode.Speech;
                break;
            case ModelTokenKind.Channel or ModelTokenKind.Turn:
                Hide(Mode.Names);
                break;
            case ModelTokenKind.Message when mode == Mode.Names:
                EndNames();
                break;
            case ModelTokenKind.TurnEnds when began || mode != Mode.Speech:
            case ModelTokenKind.OtherSpeaks:
                // What follows the answer is a turn that the model imagines.
                Hide(began && mode == Mode.Speech ? Mode.Over : Mode.Hidden);
                break;
            case ModelTokenKind.ElementOpens when mode == Mode.Speech && !began:
                (mode, element) = (Mode.Element, name);
                break;
            case ModelTokenKind.ElementOpens when mode == Mode.Speech:
                token.ToList().ForEach(Pass);
                return;
            case ModelTokenKind.ElementCloses when mode == Mode.Element && string.Equals(name, element, StringComparison.Ordinal):
                mode = Mode.Speech;
                break;
        }

        removed = true;
    }

    void Hide(Mode next)
    {
        mode = next;
        removed = true;
        names.Clear();
    }

    /// <summary>Of a channel or of a speaker.</summary>
    void EndNames()
    {
        var of = names.ToString().Trim();
        mode = of.StartsWith("final", StringComparison.OrdinalIgnoreCase) || of is "" or "assistant" or "model"
            ? Mode.Speech
            : Mode.Thought;
        names.Clear();
    }
}

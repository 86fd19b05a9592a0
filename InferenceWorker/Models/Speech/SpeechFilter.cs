using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// The stage between a model and the screen: lets out what is to be said, and nothing else. Words that are plain speech leave with the
/// delta they came in.
/// </summary>
/// <param name="spoken">The answer is spoken: markup and labels go as well. A summary keeps them.</param>
/// <param name="opensInThought">The model begins every answer within its thoughts.</param>
sealed class SpeechFilter(bool spoken, bool opensInThought)
{
    readonly ThoughtFilter thoughts = new(opensInThought);
    readonly StringBuilder whole = new();
    MarkupFilter? markup = spoken ? new() : null;
    string half = "";

    /// <summary>Whether only the end of a thought was in the text: the model begins its answers within their thoughts.</summary>
    public bool OpensInThought { get; private set; } = opensInThought;

    /// <summary>Whether the text is not speech now, as within a thought that does not end.</summary>
    public bool Hides => thoughts.Hides;

    /// <summary>The answer as it was let out.</summary>
    public string Whole => whole.ToString();

    /// <summary>Reads a delta.</summary>
    /// <returns>What leaves now; null when all of it is held back.</returns>
    public AnswerPart? Write(string delta)
    {
        if (half.Length > 0)
        {
            (delta, half) = (half + delta, "");
        }

        // No client could show half a character.
        if (delta.Length > 0 && char.IsHighSurrogate(delta[^1]))
        {
            (delta, half) = (delta[..^1], delta[^1..]);
        }

        return Pass(thoughts.Write(delta));
    }

    /// <summary>The model's text is over.</summary>
    /// <param name="cut">It ran out of tokens: the answer ends with its last whole sentence.</param>
    /// <returns>What leaves last; null for nothing.</returns>
    public AnswerPart? End(bool cut)
    {
        var last = Pass(thoughts.End());
        if (markup?.End() is { Length: > 0 } held)
        {
            last = Append(held, last ?? new AnswerPart(""));
        }

        if (!cut || markup is null)
        {
            return last;
        }

        var sentences = Sentences.Whole(Whole);
        if (sentences.Length == Whole.TrimEnd().Length)
        {
            return last;
        }

        whole.Length = sentences.Length;
        return new AnswerPart(sentences, Replaces: true);
    }

    AnswerPart? Pass(string text)
    {
        var replaces = false;
        if (thoughts.TakesBack)
        {
            (OpensInThought, replaces) = (true, whole.Length > 0);
            whole.Clear();
            markup = markup is null ? null : new();
        }

        if (markup is not null)
        {
            text = markup.Write(text);
            if (markup.TakesBack)
            {
                replaces |= whole.Length > 0;
                whole.Clear();
            }
        }

        return replaces || text.Length > 0 ? Append(text, new AnswerPart("", replaces)) : null;
    }

    AnswerPart Append(string text, AnswerPart part)
    {
        whole.Append(text);
        return part with { Text = part.Text + text };
    }
}

using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// Removes what is written and not said: Markdown, labels, the quotation marks around an answer, and lines of another speaker. Holds back
/// no more than what may still be one of these.
/// </summary>
sealed class MarkupFilter
{
    // A label's first letters are let out with the next word: "A" and "Re" begin too many answers.
    const int LabelLetters = 3;

    readonly StringBuilder output = new();
    readonly LineStart lineStart = new();
    readonly StringBuilder run = new();
    readonly Link link = new();
    readonly FirstLine firstLine = new();
    bool atLineStart = true;
    bool trims;
    bool hidden;
    bool began;
    char previous = '\n';

    /// <summary>Whether what was let out before the last <see cref="Write"/> only announced the answer.</summary>
    public bool TakesBack { get; private set; }

    /// <summary>Reads more text.</summary>
    /// <returns>The speech in it and in what was held back.</returns>
    public string Write(string text)
    {
        TakesBack = false;
        if (began && !atLineStart && !hidden && !trims && run.Length == 0 && !link.Open && !text.AsSpan().ContainsAny(InlineMarks.All)
            && text.Length > 0)
        {
            previous = text[^1];
            firstLine.Append(text);
            return text;
        }

        output.Clear();
        foreach (var c in text)
        {
            Read(c);
        }

        if (atLineStart && !lineStart.ExpectsMore && lineStart.Held.Length is > 0 and < LabelLetters && char.IsLetter(lineStart.Held[0]))
        {
            LeaveLineStart();
        }

        return output.ToString();
    }

    /// <summary>The text is over.</summary>
    /// <returns>What was held back, if it is speech.</returns>
    public string End()
    {
        output.Clear();
        if (atLineStart && !lineStart.IsOnlyMarkup)
        {
            LeaveLineStart();
        }

        EmitAll(link.Flush());
        if (run.Length > 0 && run[0] is '~' && run.Length == 1)
        {
            Emit('~');
        }

        return output.ToString();
    }

    void Read(char c)
    {
        if (!atLineStart)
        {
            Inline(c);
            return;
        }

        switch (lineStart.Read(c))
        {
            case LineStartStep.Text:
                LeaveLineStart();
                break;
            case LineStartStep.Removed:
                trims = true;
                break;
            case LineStartStep.RepSpeaks:
                (hidden, trims) = (false, true);
                break;
            case LineStartStep.OtherSpeaks:
                (hidden, atLineStart) = (true, false);
                break;
            case LineStartStep.Space:
                Emit(c);
                break;
        }
    }

    void LeaveLineStart()
    {
        atLineStart = false;
        var held = lineStart.TakeHeld();
        foreach (var c in held)
        {
            Inline(c);
        }
    }

    void Inline(char c)
    {
        if (link.Open)
        {
            ReadLink(c);
            return;
        }

        if (run.Length > 0)
        {
            if (run[0] == c && c != '\\')
            {
                run.Append(run.Length < 3 ? c : "");
                return;
            }

            if (EndRun(c))
            {
                return;
            }
        }

        switch (c)
        {
            case '*' or '_' or '~' or '\\':
                run.Append(c);
                break;
            case '`':
                break;
            case '[' or '【':
                link.Begin(c, behindWords: began);
                break;
            case '\n':
                EndLine();
                break;
            default:
                if (!TakesBackLabel(c) && !lineStart.Closes(c, previous))
                {
                    Emit(c);
                }

                break;
        }
    }

    /// <summary>Whether the first line up to here was a label or announced the answer; it goes, and the character with it.</summary>
    bool TakesBackLabel(char c)
    {
        if (hidden || !firstLine.Announces(c, out var isOther))
        {
            return false;
        }

        TakeBack();
        (atLineStart, hidden) = (c == ':', isOther);
        return c == ':' || lineStart.Opens(c);
    }

    void TakeBack()
    {
        (TakesBack, lineStart.IsLabelled) = (true, true);
        output.Clear();
        firstLine.Clear();
        (began, trims) = (false, true);
    }

    /// <summary>Decides on the marks before a character; true when it went with them.</summary>
    bool EndRun(char next)
    {
        var (mark, count) = (run[0], run.Length);
        run.Clear();
        var literal = InlineMarks.AreText(mark, count, previous, next);
        for (var i = 0; literal && i < count; i++)
        {
            Emit(mark);
        }

        if (mark == '\\' && !literal)
        {
            Emit(next);
            return true;
        }

        return false;
    }

    void ReadLink(char c)
    {
        if (link.Read(c, out var text))
        {
            EmitAll(text);
        }
        else if (!link.Open)
        {
            EmitAll(text);
            Inline(c);
        }
    }

    void EndLine()
    {
        if (firstLine.Announces('\n', out _))
        {
            TakeBack();
        }
        else
        {
            Emit('\n');
        }

        firstLine.End(began);
        previous = '\n';
        atLineStart = true;
        lineStart.Begin();
    }

    void EmitAll(string text)
    {
        foreach (var c in text)
        {
            Emit(c);
        }
    }

    void Emit(char c)
    {
        if (hidden || ((trims || !began) && c == '\n') || (trims && char.IsWhiteSpace(c)))
        {
            return;
        }

        (trims, began, previous) = (false, began || !char.IsWhiteSpace(c), c);
        output.Append(c);
        firstLine.Append(c);
    }
}

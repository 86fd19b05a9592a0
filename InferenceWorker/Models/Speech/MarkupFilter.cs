using System.Buffers;
using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// Removes what is written and not said: Markdown, labels, the quotation marks around an answer, and lines of another speaker. Holds back no more than
/// what may still be one of these.
/// </summary>
sealed class MarkupFilter
{
    const int LongestLink = 500;
    const int LongestFirstLine = 100;

    // A label's first letters are let out with the next word: "A" and "Re" begin too many answers.
    const int LabelLetters = 3;

    // A line's start needs more care than these.
    static readonly SearchValues<char> marks = SearchValues.Create("*_`~\\[【\n\"”“„«»’';:");

    readonly StringBuilder output = new();
    readonly LineStart lineStart = new();
    readonly StringBuilder run = new();
    readonly StringBuilder link = new();
    readonly StringBuilder firstLine = new();
    bool atLineStart = true;
    bool trims;
    bool hidden;
    bool began;
    bool firstLineOver;
    char previous = '\n';

    /// <summary>Whether what was let out before the last <see cref="Write"/> only announced the answer.</summary>
    public bool TakesBack { get; private set; }

    /// <summary>Reads more text.</summary>
    /// <returns>The speech in it and in what was held back.</returns>
    public string Write(string text)
    {
        TakesBack = false;
        if (began && !atLineStart && !hidden && !trims && run.Length == 0 && link.Length == 0 && !text.AsSpan().ContainsAny(marks) && text.Length > 0)
        {
            previous = text[^1];
            NoteFirstLine(text);
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

        FlushLink();
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
        if (link.Length > 0)
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
                link.Append(c);
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
        if (firstLineOver || hidden || firstLine.Length is 0 or > LongestFirstLine || c is not (':' or '"' or '“' or '„' or '«'))
        {
            return false;
        }

        var line = firstLine.ToString();
        if (c == ':' ? SpeakerLabels.IsOfRep(line, marked: false) || SpeakerLabels.IsOfOther(line) : SpeakerLabels.Announces(line.TrimEnd()))
        {
            TakeBack();
            atLineStart = c == ':';
            hidden = c == ':' && SpeakerLabels.IsOfOther(line);
            return c == ':' || lineStart.Opens(c);
        }

        return false;
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
        var literal = mark switch
        {
            '*' => count == 1 && ((char.IsWhiteSpace(previous) && char.IsWhiteSpace(next)) || (char.IsDigit(previous) && char.IsDigit(next))),
            '_' => char.IsLetterOrDigit(previous) && char.IsLetterOrDigit(next),
            '~' => count == 1,
            _ => !char.IsPunctuation(next) && !char.IsSymbol(next),
        };
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
        link.Append(c);
        var text = link.ToString();
        var close = text.IndexOf(text[0] == '[' ? ']' : '】', StringComparison.Ordinal);
        if (close < 0)
        {
            if (c == '\n' || text.Length > LongestLink)
            {
                FlushLink();
            }

            return;
        }

        if (text[0] == '【')
        {
            link.Clear();
        }
        else if (close < text.Length - 1 && text[close + 1] != '(')
        {
            link.Clear();
            if (!text[1..close].All(part => char.IsDigit(part) || part is '^' or ',' or ' '))
            {
                EmitAll(text[..(close + 1)]);
            }

            Inline(c);
        }
        else if (c == ')')
        {
            link.Clear();
            EmitAll(text[1..close].Replace("*", "", StringComparison.Ordinal));
        }
        else if (c == '\n' || text.Length > LongestLink)
        {
            FlushLink();
        }
    }

    void FlushLink()
    {
        var text = link.ToString();
        link.Clear();
        var ends = text.EndsWith('\n');
        EmitAll(ends ? text[..^1] : text);
        if (ends)
        {
            EndLine();
        }
    }

    void EndLine()
    {
        if (SpeakerLabels.Announces(firstLine.ToString()) && !firstLineOver)
        {
            TakeBack();
        }
        else
        {
            Emit('\n');
        }

        firstLineOver |= began;
        firstLine.Clear();
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
        if (!firstLineOver && firstLine.Length <= LongestFirstLine)
        {
            firstLine.Append(c);
        }
    }

    void NoteFirstLine(string text)
    {
        if (!firstLineOver && firstLine.Length <= LongestFirstLine)
        {
            firstLine.Append(text);
        }
    }
}

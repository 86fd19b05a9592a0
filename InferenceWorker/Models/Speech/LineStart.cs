using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>Tells the text of a line from the markup, the label and the quotation mark before it.</summary>
sealed class LineStart
{
    const string Bullets = "•‣◦▪●○";
    const int LongestHeld = 40;

    bool marked;
    int item;
    char closing;

    /// <summary>What is not decided yet.</summary>
    public StringBuilder Held { get; } = new();

    /// <summary>Whether the answer had a label.</summary>
    public bool IsLabelled { get; set; }

    /// <summary>Whether there was markup in this line, or a label in the answer, so that more of it is likely.</summary>
    public bool ExpectsMore => marked || IsLabelled;

    /// <summary>Whether the text ends here and what is held is none.</summary>
    public bool IsOnlyMarkup => Held.ToString().All(c => c is '#' or '>' or '-' or '*' or '_' or '`' or '+' or ' ');

    /// <summary>A new line starts.</summary>
    public void Begin()
    {
        Held.Clear();
        marked = false;
    }

    /// <summary>What was held is text.</summary>
    public string TakeHeld()
    {
        var held = Held.ToString();
        Held.Clear();
        return held;
    }

    /// <summary>Whether a character of the text closes the quotation that opened at a line's start.</summary>
    public bool Closes(char c, char previous) => closing switch
    {
        '\0' => false,
        '\'' => c == '\'' && !char.IsLetter(previous) && previous != ' ',
        '“' => c is '“' or '”',
        _ => c == closing,
    };

    /// <summary>Reads a character.</summary>
    public LineStartStep Read(char c)
    {
        if (c == '\n' && Held.Length == 0)
        {
            marked = false;
        }

        if (Held.Length == 0 && char.IsWhiteSpace(c))
        {
            return marked && c != '\n' ? LineStartStep.Removed : LineStartStep.Space;
        }

        if (c is '*' or '_' && Held.Length > 0 && char.IsLetter(Held[0]) && MayBeLabel(Held.ToString()))
        {
            return LineStartStep.Held;
        }

        Held.Append(c);
        var step = Decide(c);
        if (step is LineStartStep.Removed or LineStartStep.RepSpeaks or LineStartStep.OtherSpeaks)
        {
            marked = true;
            IsLabelled |= step != LineStartStep.Removed;
        }

        return step == LineStartStep.Held && Held.Length > LongestHeld ? LineStartStep.Text : step;
    }

    LineStartStep Decide(char c)
    {
        var held = Held.ToString();
        return held[0] switch
        {
            '#' => held.All(h => h == '#') && held.Length <= 6 ? LineStartStep.Held : c == ' ' ? Remove(held.Length) : LineStartStep.Text,
            '>' => held.Length == 1 ? LineStartStep.Held : char.IsDigit(c) || c == '=' ? LineStartStep.Text : Again(c),
            '*' or '_' => held.Length == 1 ? LineStartStep.Held : Again(c),
            '-' or '+' or '–' or '—' when held.Length == 1 => LineStartStep.Held,
            '-' or '+' or '–' or '—' when c == ' ' => Remove(held.Length),
            '-' when held.All(h => h == '-') => LineStartStep.Held,
            '-' when c == '\n' && held[..^1].All(h => h == '-') => Remove(held.Length),
            '`' => Fence(held, c),
            var bullet when Bullets.Contains(bullet, StringComparison.Ordinal) => Remove(1),
            >= '0' and <= '9' => Number(held, c),
            _ when held.Length == 1 && Opens(c) => Remove(1),
            _ => char.IsLetter(held[0]) ? Label(held, c) : LineStartStep.Text,
        };
    }

    LineStartStep Remove(int length)
    {
        Held.Remove(0, length);
        return LineStartStep.Removed;
    }

    /// <summary>The marks before a character are no text; the character itself is decided anew.</summary>
    LineStartStep Again(char c)
    {
        Held.Clear();
        marked = true;
        return c == '\n' ? LineStartStep.Removed : Read(c);
    }

    LineStartStep Fence(string held, char c)
    {
        var ticks = held.TakeWhile(h => h == '`').Count();
        if (ticks == held.Length)
        {
            return LineStartStep.Held;
        }

        if (ticks < 3)
        {
            return Again(c);
        }

        // The language after a fence ends with the line; anything else is text.
        if (c == '\n')
        {
            return Remove(held.Length);
        }

        if (char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '#' or '.')
        {
            return LineStartStep.Held;
        }

        Held.Remove(0, ticks);
        return LineStartStep.Text;
    }

    LineStartStep Number(string held, char c)
    {
        var expected = (item + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (c == ' ' && (held == expected + ". " || held == expected + ") "))
        {
            item++;
            return Remove(held.Length);
        }

        return expected.StartsWith(held, StringComparison.Ordinal) || held == expected + "." || held == expected + ")"
            ? LineStartStep.Held : LineStartStep.Text;
    }

    /// <summary>A quotation of the answer opens with this character, unless one has before.</summary>
    public bool Opens(char opening)
    {
        if (closing != '\0' || !"\"“„«»'‘".Contains(opening, StringComparison.Ordinal))
        {
            return false;
        }

        closing = opening switch { '„' or '“' => '“', '«' => '»', '»' => '«', '‘' => '\'', _ => opening };
        return true;
    }

    LineStartStep Label(string held, char c)
    {
        if (c is ':' or '：')
        {
            var label = held.AsSpan(0, held.Length - 1);
            var step = SpeakerLabels.IsOfRep(label, marked) ? LineStartStep.RepSpeaks
                : SpeakerLabels.IsOfOther(label) ? LineStartStep.OtherSpeaks
                : LineStartStep.Text;
            if (step != LineStartStep.Text)
            {
                Held.Clear();
            }

            return step;
        }

        return MayBeLabel(held) ? LineStartStep.Held : LineStartStep.Text;
    }

    bool MayBeLabel(string held) => held.Length <= SpeakerLabels.Longest && SpeakerLabels.MayBecome(held, ExpectsMore);
}

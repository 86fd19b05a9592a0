using System.Text;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>
/// The first line of an answer, which may turn out to be a label ("Sales rep:") or an announcement ("Here's what you could say:").
/// </summary>
sealed class FirstLine
{
    const int Longest = 100;

    readonly StringBuilder line = new();
    bool over;

    /// <summary>More of it was let out.</summary>
    public void Append(string text)
    {
        if (!over && line.Length <= Longest)
        {
            line.Append(text);
        }
    }

    /// <summary>More of it was let out.</summary>
    public void Append(char c)
    {
        if (!over && line.Length <= Longest)
        {
            line.Append(c);
        }
    }

    /// <summary>What was let out is taken back.</summary>
    public void Clear() => line.Clear();

    /// <summary>The line ends.</summary>
    /// <param name="hasWords">It had words; else the next one is the first.</param>
    public void End(bool hasWords)
    {
        over |= hasWords;
        line.Clear();
    }

    /// <summary>Whether the line is no speech, as the next character tells.</summary>
    /// <param name="next">A colon after a label; a quotation mark or the end of the line after an announcement.</param>
    /// <param name="isOther">The words after the label are somebody else's.</param>
    public bool Announces(char next, out bool isOther)
    {
        isOther = false;
        if (over || line.Length is 0 or > Longest || next is not (':' or '\n' or '"' or '“' or '„' or '«'))
        {
            return false;
        }

        var text = line.ToString();
        isOther = next == ':' && SpeakerLabels.IsOfOther(text);
        return isOther || (next == ':' ? SpeakerLabels.IsOfRep(text, marked: false) : SpeakerLabels.Announces(text.TrimEnd()));
    }
}

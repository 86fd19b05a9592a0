using System.Buffers;

namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>Characters within a line that may be markup.</summary>
static class InlineMarks
{
    /// <summary>All that a line's text is searched for; a line's start needs more care.</summary>
    public static readonly SearchValues<char> All = SearchValues.Create("*_`~\\[【\n\"”“„«»’';:");

    /// <summary>Whether a run of marks is text and no emphasis or escape.</summary>
    public static bool AreText(char mark, int count, char previous, char next) => mark switch
    {
        '*' => count == 1
            && ((char.IsWhiteSpace(previous) && char.IsWhiteSpace(next)) || (char.IsDigit(previous) && char.IsDigit(next))),
        '_' => char.IsLetterOrDigit(previous) && char.IsLetterOrDigit(next),
        '~' => count == 1,
        _ => !char.IsPunctuation(next) && !char.IsSymbol(next),
    };
}

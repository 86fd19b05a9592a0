using System.Text;

namespace Teleprompter.Hosting.Privacy;

/// <summary>Digits that follow each other in a text, written or spoken, with only separators and fillers between them.</summary>
/// <param name="Pieces">Where each group of digits stands, and which it is.</param>
sealed record NumberRun(IReadOnlyList<NumberPiece> Pieces)
{
    public int Start => Pieces[0].Start;

    public int End => Pieces[^1].End;

    public string Digits { get; } = string.Concat(Pieces.Select(piece => piece.Digits));

    /// <summary>Finds a part of the run, from group to group, whose digits match; the longest at its first place.</summary>
    public (int Start, int End)? Find(int least, int most, Func<string, bool> matches)
    {
        var digits = new StringBuilder();
        for (var first = 0; first < Pieces.Count; first++)
        {
            digits.Clear();
            (int, int)? found = null;
            for (var last = first; last < Pieces.Count && digits.Length < most; last++)
            {
                digits.Append(Pieces[last].Digits);
                if (digits.Length >= least && digits.Length <= most && matches(digits.ToString()))
                {
                    found = (Pieces[first].Start, Pieces[last].End);
                }
            }

            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }
}

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// The words of a stretch while it grows. What two successive hypotheses agree on is firm (LocalAgreement-2: Macháček et al., "Turning
/// Whisper into Real-Time Transcription System", 2023); the rest may still change.
/// </summary>
public sealed class Hypotheses
{
    /// <summary>The newest hypothesis; empty before the first.</summary>
    public string Text { get; private set; } = "";

    /// <summary>How many of its characters are firm: whole words.</summary>
    public int FirmChars { get; private set; }

    /// <summary>Replaces the hypothesis by a newer one.</summary>
    /// <param name="text">All words of the stretch so far.</param>
    /// <returns>Whether there is something new to show.</returns>
    public bool Update(string text)
    {
        var before = (Text, FirmChars);
        var agreed = Agreed(Text, text);
        var kept = FirmChars <= text.Length && text.AsSpan(0, FirmChars).SequenceEqual(Text.AsSpan(0, FirmChars)) ? FirmChars : 0;
        (Text, FirmChars) = (text, Math.Max(agreed, kept));
        return before != (Text, FirmChars);
    }

    /// <summary>The length of the words that both begin with.</summary>
    static int Agreed(string older, string newer)
    {
        var same = older.AsSpan().CommonPrefixLength(newer);
        if (EndsWord(older, same) && EndsWord(newer, same))
        {
            return same;
        }

        var space = newer.AsSpan(0, same).LastIndexOf(' ');
        return Math.Max(space, 0);
    }

    static bool EndsWord(string text, int at) => at == text.Length || text[at] == ' ';
}

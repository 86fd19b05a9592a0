namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>A word or phrase that a persona does not let pass.</summary>
static class TriggerWord
{
    /// <summary>Finds the first of some words or phrases.</summary>
    public static string? In(string words, IEnumerable<string> triggers) => triggers.FirstOrDefault(trigger => Contains(words, trigger));

    static bool Contains(string words, string trigger)
    {
        for (var at = 0; (at = words.IndexOf(trigger, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + trigger.Length;
            if ((at == 0 || !char.IsLetterOrDigit(words[at - 1])) && (end == words.Length || !char.IsLetterOrDigit(words[end])))
            {
                return true;
            }
        }

        return false;
    }
}

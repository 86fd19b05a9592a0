using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>How a rep addresses somebody on a call: by first name, or by title and last name where the name has a title.</summary>
public static class FormOfAddress
{
    static readonly FrozenSet<string> Titles = FrozenSet.ToFrozenSet(
        "mr mrs ms miss mx dr prof professor doctor sir dame lord lady rev herr frau monsieur madame señor señora".Split(' '),
        StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string> Suffixes = FrozenSet.ToFrozenSet(
        "jr sr ii iii iv phd md mba cpa esq".Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>"Dana" of "Dana Whitfield" or "Whitfield, Dana", and "Dr. Whitfield" of "Dr. Dana Whitfield".</summary>
    /// <param name="name">A full name; null or blank where it is not known.</param>
    /// <returns>Null where the name is not known.</returns>
    public static string? Of(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return null;
        }

        string[] parts = [.. name.Split(',').Select(part => string.Join(' ', Words(part).Where(word => !Is(word, Suffixes))))
            .Where(part => part.Length > 0)];
        var words = Words(string.Join(' ', parts.Skip(1).Append(parts.FirstOrDefault(name.Trim()))));
        var titles = words.TakeWhile(word => Is(word, Titles)).Count();
        if (titles > 0 && titles < words.Length)
        {
            return string.Join(' ', [.. words[..titles], words[^1]]);
        }

        // An initial alone addresses nobody.
        var first = Array.FindIndex(words, word => word.TrimEnd('.').Length > 1);
        return first < 0 || (first > 0 && first == words.Length - 1) ? string.Join(' ', words) : words[first];
    }

    static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    static bool Is(string word, FrozenSet<string> set) => set.Contains(word.Replace(".", "", StringComparison.Ordinal));
}

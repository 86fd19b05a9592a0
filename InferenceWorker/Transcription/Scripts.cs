using System.Collections.Frozen;
using System.Text;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>Which scripts a language is written in. Whisper changes the script where it hears no speech.</summary>
static class Scripts
{
    /// <summary>Names and terms of other languages are written in Latin letters everywhere, up to this many words of a sentence.</summary>
    const int LatinWords = 3;

    /// <summary>First and last letter of each script's main blocks (Unicode 16), and its name.</summary>
    static readonly (int First, int Last, string Script)[] blocks =
    [
        (0x0041, 0x024F, "Latin"), (0x0370, 0x03FF, "Greek"), (0x0400, 0x052F, "Cyrillic"), (0x0531, 0x058F, "Armenian"),
        (0x0591, 0x05F4, "Hebrew"), (0x0600, 0x06FF, "Arabic"), (0x0750, 0x077F, "Arabic"), (0x08A0, 0x08FF, "Arabic"),
        (0x0900, 0x097F, "Devanagari"), (0x0980, 0x09FF, "Bengali"), (0x0A00, 0x0A7F, "Gurmukhi"), (0x0A80, 0x0AFF, "Gujarati"),
        (0x0B80, 0x0BFF, "Tamil"), (0x0C00, 0x0C7F, "Telugu"), (0x0C80, 0x0CFF, "Kannada"), (0x0D00, 0x0D7F, "Malayalam"),
        (0x0D80, 0x0DFF, "Sinhala"), (0x0E00, 0x0E7F, "Thai"), (0x0E80, 0x0EFF, "Lao"), (0x0F00, 0x0FFF, "Tibetan"),
        (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"), (0x1100, 0x11FF, "Hangul"), (0x1200, 0x139F, "Ethiopic"),
        (0x1780, 0x17FF, "Khmer"), (0x1E00, 0x1EFF, "Latin"), (0x1F00, 0x1FFF, "Greek"), (0x3040, 0x30FF, "Kana"),
        (0x3130, 0x318F, "Hangul"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0xAC00, 0xD7AF, "Hangul"),
        (0xF900, 0xFAFF, "Han"), (0xFB50, 0xFDFF, "Arabic"), (0xFE70, 0xFEFF, "Arabic"), (0x20000, 0x323AF, "Han"),
    ];

    /// <summary>The languages that Whisper knows and that are not written in Latin letters alone.</summary>
    static readonly FrozenDictionary<string, string[]> ofLanguage = new (string[] Scripts, string Languages)[]
    {
        (["Greek"], "el"),
        (["Cyrillic"], "ru uk be bg mk sr kk ky tg tt ba mn"),
        (["Armenian"], "hy"), (["Georgian"], "ka"), (["Ethiopic"], "am ti"),
        (["Hebrew"], "he iw yi"),
        (["Arabic"], "ar fa ur ps sd ug ckb"),
        (["Devanagari"], "hi mr ne sa"),
        (["Bengali"], "bn as"),
        (["Gurmukhi", "Arabic"], "pa"),
        (["Gujarati"], "gu"), (["Tamil"], "ta"), (["Telugu"], "te"), (["Kannada"], "kn"), (["Malayalam"], "ml"), (["Sinhala"], "si"),
        (["Thai"], "th"), (["Lao"], "lo"), (["Tibetan"], "bo dz"), (["Myanmar"], "my"), (["Khmer"], "km"),
        (["Han"], "zh yue wuu nan"),
        (["Han", "Kana"], "ja"),
        (["Hangul", "Han"], "ko"),
    }.SelectMany(row => row.Languages.Split(' ').Select(code => (code, row.Scripts)))
        .ToFrozenDictionary(row => row.code, row => row.Scripts, StringComparer.Ordinal);

    // Written in Latin letters and in another script.
    static readonly FrozenDictionary<string, string> also = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sr"] = "Latin",
        ["kk"] = "Latin",
        ["ug"] = "Latin",
        ["az"] = "Cyrillic",
        ["uz"] = "Cyrillic",
        ["tk"] = "Cyrillic",
        ["bs"] = "Cyrillic",
        ["ha"] = "Arabic",
        ["ms"] = "Arabic",
        ["ku"] = "Arabic",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a sentence is written in a script that a call's language does not use.</summary>
    /// <param name="language">BCP 47 tag; null for English.</param>
    public static bool Foreign(string sentence, string? language)
    {
        if (SpokenLanguage.CodeOf(language) is not { } code)
        {
            return false;
        }

        var own = ofLanguage.GetValueOrDefault(code) ?? ["Latin"];
        var second = also.GetValueOrDefault(code);
        var (letters, latin, foreign) = (0, 0, 0);
        foreach (var rune in sentence.EnumerateRunes().Where(Rune.IsLetter))
        {
            var script = Of(rune.Value);
            letters++;
            latin += script == "Latin" ? 1 : 0;
            foreign += script is not null and not "Latin" && script != second && !own.Contains(script) ? 1 : 0;
        }

        if (foreign * 2 > letters)
        {
            return true;
        }

        var takesLatin = own.Contains("Latin") || second == "Latin";
        return !takesLatin && latin * 2 > letters && sentence.AsSpan().Trim().Count(' ') >= LatinWords;
    }

    /// <summary>The script of a letter; null for one of none of these.</summary>
    static string? Of(int letter) => Array.Find(blocks, block => letter >= block.First && letter <= block.Last).Script;
}

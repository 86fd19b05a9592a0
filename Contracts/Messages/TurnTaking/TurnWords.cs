using System.Collections.Frozen;

namespace Teleprompter.Contracts.TurnTaking;

/// <summary>
/// What level 1 knows of a language: last words that promise more, and abbreviations, whose dot ends no sentence. The German, French and
/// Spanish words are first versions, not measured on calls: words that often end a sentence there are left out.
/// </summary>
/// <remarks>The TypeScript twin is pinned by the same golden cases.</remarks>
sealed record TurnWords(FrozenSet<string> Promises, FrozenSet<string> Abbreviations)
{
    static readonly TurnWords english = new(
        Words(
            "and or but nor because cause since although unless until while whereas if when whenever where which who whose whether "
            + "that than so as to of for with from in at by into onto between without during per via plus except like the a an my "
            + "your our their its every i we i'm we're you're they're that's there's it's is are was were gonna wanna um uh umm uhm "
            + "er erm hmm hm"),
        Words("mr mrs ms dr prof sr jr st vs approx est etc inc ltd corp co dept jan feb apr jun jul aug sep sept oct nov dec"));

    static readonly TurnWords german = new(
        Words(
            "und oder aber sondern weil wenn als ob dass obwohl während bevor nachdem sobald solange falls sodass seit bis welche "
            + "welcher welches welchen welchem deren dessen von vom zum zur für beim im am ins ans zwischen ohne gegen pro per der "
            + "die den dem des eine einen einem einer eines meine meinen meinem meiner unsere unseren unserem unserer ihre ihren "
            + "ihrem ihrer seine seinen seinem seiner keine keinen jede jeden jeder jedes äh ähm öh öhm hm hmm"),
        Words(
            "z.b d.h u.a o.ä bzw ca usw etc dr prof hr fr nr st str mio mrd tsd evtl ggf inkl exkl zzgl vgl bspw max min jan feb "
            + "apr jun jul aug sep sept okt nov dez"));

    static readonly TurnWords french = new(
        Words(
            "et ou mais donc or ni car parce que quand comme lorsque puisque tandis dont qui où lequel laquelle lesquels à au aux "
            + "de du des en dans par pour sur sous chez entre vers jusque le la les un une mon ma mes ton ta tes son sa ses notre nos "
            + "votre vos leur leurs ce cet cette ces chaque je j'ai c'est tu il ils on euh heu hm hmm"),
        Words("m mm mme mlle dr pr st ste etc env approx tél p.ex av janv févr avr juil sept oct nov déc"));

    static readonly TurnWords spanish = new(
        Words(
            "y e o u pero sino porque aunque cuando mientras donde si como que quien cuyo cuya de del a al en con por para sin "
            + "sobre entre hasta desde hacia según el la los las un una unos unas mi mis tu tus su sus nuestra nuestros nuestras cada "
            + "eh em ehm hm hmm"),
        Words(
            "sr sra srta dr dra prof ud uds núm nº tel etc aprox depto cía pág p.ej ee.uu ene feb abr jun jul ago sep sept oct nov "
            + "dic"));

    /// <summary>The words of a language; null for one that is judged by punctuation and pauses alone, <c>auto</c> among them.</summary>
    /// <param name="language">BCP 47 tag; null for English.</param>
    public static TurnWords? Of(string? language) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        null or "en" => english,
        "de" => german,
        "fr" => french,
        "es" => spanish,
        _ => null,
    };

    /// <summary>Whether the dot after a word belongs to it: a known abbreviation, or letters with dots between them.</summary>
    public bool IsAbbreviation(string word) =>
        Abbreviations.Contains(word) || (word.Contains('.', StringComparison.Ordinal) && word.Split('.')
            .All(part => part.Length == 1 && char.IsLetter(part[0])));

    static FrozenSet<string> Words(string list) => list.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

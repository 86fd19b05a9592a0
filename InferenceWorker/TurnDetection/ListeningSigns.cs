using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.TurnDetection;

/// <summary>
/// How a customer shows in a language that they listen, and the words that fill a pause. German, French and Spanish are first versions, not
/// measured on calls.
/// </summary>
sealed record ListeningSigns(FrozenSet<string> Signs, FrozenSet<string> Fillers)
{
    static readonly ListeningSigns english = new(
        Phrases(
            "yeah, yep, yup, yes, ya, aye, ok, okay, k, right, alright, all right, sure, sure thing, mm, mhm, mmhm, hm, uhhuh, "
            + "ah, aha, oh, ooh, huh, wow, really, exactly, absolutely, definitely, totally, indeed, certainly, true, gotcha, "
            + "understood, noted, agreed, great, good, cool, nice, perfect, fine, awesome, excellent, wonderful, lovely, "
            + "fantastic, brilliant, interesting, thanks, thank you, thanks a lot, thank you so much, thank you very much, "
            + "cheers, got it, i got it, i get it, i get that, i see, i see that, i see what you mean, i know, i know what you "
            + "mean, i hear you, i understand, i follow, i agree, makes sense, that makes sense, it makes sense, that makes a lot "
            + "of sense, makes total sense, makes perfect sense, sounds good, sounds great, sounds fair, that sounds good, that "
            + "sounds great, that works, fair enough, fair, fair point, thats fair, good point, thats a good point, of course, "
            + "for sure, no problem, no worries, not bad, go ahead, go on, carry on, good to know, thats good to know, thats "
            + "good, thats great, i like that, that helps, thats nice, thats right, thats true, thats interesting, thats helpful, "
            + "thats about right, very good, very nice, very interesting, very helpful, you bet, no doubt, loud and clear, i can "
            + "hear you, bye, goodbye"),
        Phrases(
            "um, uh, er, erm, well, so, and, but, then, now, like, just, you know, i mean, lets see, let me see"));

    static readonly ListeningSigns german = new(
        Phrases(
            "ja, ja ja, jaja, jawohl, jo, jep, jup, ok, okay, gut, sehr gut, alles gut, alles klar, klar, na klar, genau, ganz "
            + "genau, stimmt, das stimmt, richtig, das ist richtig, das ist wahr, verstehe, ich verstehe, das verstehe ich, "
            + "verstanden, ach so, achso, aha, ah, ach, oh, hm, mhm, mm, wow, super, prima, toll, perfekt, schön, sehr schön, "
            + "spannend, interessant, sehr interessant, das ist interessant, natürlich, selbstverständlich, sicher, auf jeden "
            + "fall, absolut, definitiv, danke, danke schön, dankeschön, vielen dank, danke ihnen, in ordnung, passt, das passt, "
            + "klingt gut, das klingt gut, macht sinn, das macht sinn, ergibt sinn, das ergibt sinn, das leuchtet ein, sehe ich "
            + "auch so, ich weiß, weiß ich, kein problem, gerne, wunderbar, echt, wirklich, gut zu wissen, guter punkt, da haben "
            + "sie recht, tschüss, auf wiederhören, auf wiedersehen"),
        Phrases(
            "äh, ähm, öh, öhm, also, und, aber, na, na ja, naja, nun, tja, so, dann, halt, eben, ja also, sozusagen"));

    static readonly ListeningSigns french = new(
        Phrases(
            "oui, oui oui, ouais, ouaip, d'accord, ok, okay, bien, très bien, bon, bien sûr, bien entendu, entendu, compris, "
            + "j'ai compris, je comprends, je vois, exact, exactement, tout à fait, absolument, effectivement, en effet, voilà, "
            + "c'est ça, c'est vrai, c'est juste, c'est clair, c'est noté, c'est bon, ça marche, ça me va, parfait, super, "
            + "génial, excellent, formidable, intéressant, c'est intéressant, très intéressant, merci, merci beaucoup, merci "
            + "bien, je sais, vraiment, ah, ah oui, ah bon, ah d'accord, aha, oh, hm, mhm, mm, wow, certes, évidemment, "
            + "naturellement, sans problème, pas de problème, pas de souci, avec plaisir, bonne idée, bon à savoir, vous avez "
            + "raison, c'est logique, logique, allez-y, continuez, au revoir"),
        Phrases(
            "euh, heu, ben, bah, alors, donc, et, mais, enfin, du coup, hein"));

    static readonly ListeningSigns spanish = new(
        Phrases(
            "sí, si, sip, ajá, claro, claro que sí, por supuesto, desde luego, vale, ok, okay, okey, bien, muy bien, está bien, "
            + "de acuerdo, entiendo, lo entiendo, ya entiendo, entendido, comprendo, ya, ya veo, ya lo veo, veo, exacto, "
            + "exactamente, correcto, así es, eso es, cierto, es cierto, verdad, es verdad, efectivamente, totalmente, "
            + "absolutamente, perfecto, genial, estupendo, excelente, fantástico, interesante, muy interesante, qué interesante, "
            + "qué bien, suena bien, me parece bien, tiene sentido, eso tiene sentido, gracias, muchas gracias, lo sé, ya lo sé, "
            + "sin problema, no hay problema, buena idea, buen punto, bueno saberlo, tiene razón, adelante, siga, ah, oh, hm, "
            + "mhm, mm, wow, listo, dale, en serio, adiós, hasta luego"),
        Phrases(
            "eh, em, pues, bueno, o sea, y, pero, entonces, a ver, es decir, digamos, así que"));

    static readonly ListeningSigns all = new(
        Together(signs => signs.Signs), Together(signs => signs.Fillers));

    /// <summary>
    /// The signs of a language: those of all where nobody knows it beforehand (<c>auto</c>), the English ones where it has none here.
    /// </summary>
    /// <param name="language">BCP 47 tag; null for English.</param>
    public static ListeningSigns Of(string? language) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        "de" => german,
        "fr" => french,
        "es" => spanish,
        "auto" => all,
        _ => english,
    };

    /// <summary>Words as phrases are compared.</summary>
    public static string Joined(SpokenWord[] words) => string.Join(' ', words.Select(word => word.Text));

    static FrozenSet<string> Phrases(string list) =>
        list.Split(", ").Select(phrase => Joined(SpokenWord.In(phrase))).ToFrozenSet(StringComparer.Ordinal);

    static FrozenSet<string> Together(Func<ListeningSigns, FrozenSet<string>> phrases) =>
        new[] { english, german, french, spanish }.SelectMany(phrases).ToFrozenSet(StringComparer.Ordinal);
}

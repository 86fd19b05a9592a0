using System.Collections.Frozen;

namespace Teleprompter.InferenceWorker.SaidDetection;

/// <summary>Words of everyday business English that mean nearly the same; a team's own words belong into its cards' examples.</summary>
static class Synonyms
{
    static readonly FrozenDictionary<string, string> Groups = Index(
    [
        "expensive pricey costly steep overpriced",
        "cheap cheaper inexpensive affordable",
        "price cost fee charge rate pricing",
        "quote bid offer proposal figure",
        "buy purchase",
        "money cash funds funding penny dollar euro pound",
        "spend spending expense spent",
        "afford justify",
        "pay payment paid",
        "nonprofit charity",
        "discount rebate reduction deal",
        "competitor rival competition alternative",
        "vendor supplier provider",
        "company firm business organisation organization corporation enterprise",
        "client customer",
        "staff employee people person folks guys reps team personnel worker colleague coworker",
        "boss manager director supervisor cfo ceo vp president leadership management executive",
        "board committee",
        "lawyer legal attorney counsel",
        "engineer developer programmer coder",
        "contract agreement",
        "cancel terminate quit exit",
        "renew renewal extend extension",
        "trial pilot poc proof",
        "test try evaluate evaluation trying tried",
        "start begin commence kick",
        "end finish stop ending",
        "fast quick quickly soon rapidly",
        "slow slowly sluggish",
        "urgent hurry rush asap",
        "deadline date",
        "busy swamped overloaded drowning",
        "later afterwards",
        "month week quarter",
        "year annual annually yearly",
        "autumn spring summer winter fall january february march april june july august september october november december",
        "monday tuesday wednesday thursday friday saturday sunday",
        "security secure safe safety protect protection protected",
        "hack hacker hacked breach leak attack",
        "privacy private personal confidential",
        "compliance compliant regulation regulated regulator regulatory",
        "certified certification certificate",
        "audit review inspection",
        "information info data records record",
        "document documentation paper material brochure leaflet pdf",
        "deck slides presentation slide",
        "email mail send sent forward shoot",
        "country region location abroad territory",
        "server servers datacenter hosting hosted host",
        "centre center",
        "germany france spain italy ireland netherlands switzerland uk britain england canada usa america american states australia india "
            + "japan",
        "europe eu european union",
        "connect integrate integration integrates plug hook sync link talk compatible",
        "system software tool application app platform product solution",
        "migrate migration switch switching transfer move changeover transition",
        "import upload",
        "history old existing legacy",
        "hard difficult tough painful pain nightmare complicated disaster",
        "easy simple straightforward",
        "support help assistance helpdesk",
        "problem issue trouble",
        "break breaks broken broke crash fail failure down outage downtime",
        "uptime reliability reliable available availability",
        "train training learn teach learning",
        "use using used user adopt adoption usage",
        "worried worry afraid concerned concern nervous scared",
        "benefit value return roi payback",
        "prove proof evidence show",
        "measure track",
        "result outcome success",
        "reference testimonial",
        "story stories study studies",
        "happy satisfied pleased content",
        "current currently today existing present now",
        "need require must requirement",
        "feature function functionality capability",
        "missing lack lacks lacking absent",
        "roadmap planned",
        "report reporting reports dashboard analytics",
        "grow growth growing expand expanding expansion scale scales bigger double triple",
        "big large huge enormous",
        "biggest largest",
        "small little tiny",
        "thousand million hundred billion thousands millions",
        "limit cap maximum",
        "ai model machine algorithm bot chatbot",
        "wrong incorrect mistake error false",
        "accurate correct accuracy right precise",
        "invent hallucinate fabricate",
        "trust rely believe",
        "meeting call appointment session",
        "next following",
        "explain describe",
        "overview summary nutshell pitch",
        "approve approval sign authorise authorize permission",
        "decide decision decides decider",
        "freeze frozen hold locked cuts",
        "build make create develop built making",
        "ourselves internally inhouse themselves",
        "investor funding backer",
        "bankrupt insolvent",
        "night weekend",
        "wait hold postpone delay",
        "priority important importance",
        "think thought consider considering",
        "hear heard",
        "commit commitment",
    ]);

    /// <summary>The name of a stemmed word's group; the word itself when it is in none.</summary>
    public static string Of(string word) => Groups.GetValueOrDefault(word, word);

    static FrozenDictionary<string, string> Index(string[] groups)
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var word in group.Split(' '))
            {
                index.TryAdd(Words.Stem(word), group);
            }
        }

        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }
}

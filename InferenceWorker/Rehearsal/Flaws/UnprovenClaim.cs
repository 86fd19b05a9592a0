using System.Text.RegularExpressions;

namespace Teleprompter.InferenceWorker.Rehearsal.Flaws;

/// <summary>A claim of an effect that no figure or source goes with.</summary>
static partial class UnprovenClaim
{
    /// <summary>Words after a claim in which its proof may still come.</summary>
    const int ProofWithin = 16;

    /// <summary>Finds the first claim whose proof has not come, once it should have.</summary>
    /// <param name="ended">No proof comes any more.</param>
    /// <returns>The claim, as it was said; null for none.</returns>
    public static string? In(string words, bool ended)
    {
        foreach (Match claim in Claim().Matches(words))
        {
            var after = words[(claim.Index + claim.Length)..];
            var due = ended || after.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > ProofWithin;
            if (due && !Evidence.In(Around(words, claim)))
            {
                return claim.Value;
            }
        }

        return null;
    }

    /// <summary>From the beginning of the claim's sentence to where its proof was due.</summary>
    static string Around(string words, Match claim)
    {
        var from = 1 + Math.Max(words.LastIndexOf('.', claim.Index), words.LastIndexOf('?', claim.Index));
        var rest = words[claim.Index..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words[from..claim.Index] + string.Join(' ', rest.Take(ProofWithin + claim.Value.Count(' ')));
    }

    [GeneratedRegex(
        @"\b((much|far|way|significantly|dramatically|massively|considerably|vastly|a lot|so much) (more \w+|less|\w{3,}er|better)"
        + @"|(dramatically|significantly|massively|enormously|hugely) \w+"
        + @"|(boosts?|transforms?|slash(es)?|skyrockets?|maximi[sz]es?|supercharges?) (your|their|the) \w+"
        + @"|(cuts?|reduces?|increases?|improves?) (your|their) \w+ (enormously|dramatically|massively|significantly)"
        + @"|saves? (you )?(so much|a lot of|tons of|loads of) \w+|pays? for itself"
        + @"|(industry|market|world)[- ]leading|world[- ]class|best[- ]in[- ]class|state of the art|simply the best|the best \w+ (in|on)"
        + @"|(huge|massive|incredible|tremendous|enormous|unbelievable|fantastic) (return|savings?|difference|improvement|results?)"
        + @"|(difference|return|savings?|improvement) (is|are) (huge|massive|incredible|enormous)"
        + @"|(highest|lowest|fastest|strongest) \w+ (in|on)|no[- ]brainer|never goes down|nobody has ever|(i|we) (can )?guarantee)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Claim();
}

using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>One rep's rehearsal: lines spoken word by word, each after the buyer's answer to the one before.</summary>
/// <param name="AnswersMs">Of each turn of the rep, the time from its final to the buyer's first words; null where none came.</param>
/// <param name="CutOffs">How often the buyer cut in.</param>
sealed record Rehearsed(IReadOnlyList<double?> AnswersMs, int CutOffs)
{
    static readonly string[] personas =
        ["finance-director", "sceptical-engineer", "procurement-hurrier", "scared-champion", "angry-renewal", "friendly-never-commits"];

    static readonly string[] lines =
    [
        "Thanks for making the time, what would have to change for this year to count as a good one?",
        "Acme Freight went live in three weeks and their reps now spend four hours less on notes.",
        "It is 49 dollars a seat each month, and onboarding is included.",
        "That is a fair concern, may I ask what happened the last time you changed a system?",
        "We could start with one team of ten for thirty days, and you decide on the figures.",
        "Shall we put forty minutes into Thursday with your lead of operations?",
    ];

    static readonly TimeSpan answeredWithin = TimeSpan.FromSeconds(4);

    /// <summary>Rehearses until it is stopped.</summary>
    /// <param name="number">Chooses the persona and the first line.</param>
    public static async Task<Rehearsed> Run(Uri gateway, int number, CancellationToken stop)
    {
        var request = $$$"""{"rehearsal":{"personaId":"{{{personas[number % personas.Length]}}}"}}""";
        await using var call = await RecordedCall.Start(gateway, request);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var pings = KeepAlive.Run(() => [call.Live], over.Token);
        var finals = new List<double>();
        for (var line = number; !stop.IsCancellationRequested; line++)
        {
            await Task.Delay(answeredWithin, CancellationToken.None);
            finals.Add(await Speak(call.Live, $"rep-{line}", SpokenLine.Of(lines[line % lines.Length])));
        }

        await Task.Delay(answeredWithin, CancellationToken.None);
        call.Live.End();
        await over.CancelAsync();
        await pings;
        return Of(call.Heard(), finals);
    }

    static async Task<double> Speak(LiveCall call, string id, SpokenLine spoken)
    {
        var (beganMs, startMs) = (ScriptedModelServer.NowMs, call.NowMs);
        foreach (var words in spoken.Heard)
        {
            // Words are sent when they are spoken.
            var wait = Math.Max(0, beganMs + words.AtMs - ScriptedModelServer.NowMs);
            await Task.Delay(TimeSpan.FromMilliseconds(wait), CancellationToken.None);
            call.Say(id, words.Text, words.Final, startMs, startMs + (long)Math.Min(words.AtMs, spoken.EndMs), "rep");
        }

        return ScriptedModelServer.NowMs;
    }

    static Rehearsed Of(IReadOnlyList<HeardEvent> heard, List<double> finals)
    {
        var begun = heard.Where(one => one.Event is TranscriptUpdated { Speaker: Speaker.Customer })
            .DistinctBy(one => ((TranscriptUpdated)one.Event).SegmentId, StringComparer.Ordinal).Select(one => one.AtMs).ToList();

        // Whoever was cut in the middle of a line is not answered once more.
        var answers = finals
            .Where(final => !begun.Exists(at => at < final && at > final - answeredWithin.TotalMilliseconds))
            .Select(final => begun.Find(at => at >= final) is > 0 and var at && at - final < answeredWithin.TotalMilliseconds
                ? at - final
                : (double?)null);
        return new Rehearsed([.. answers], heard.Count(one => one.Event is RepCutOff));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Rehearsal.Flaws;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>Judges a rehearsal by rules, from its transcript and its interruptions. Pure. English.</summary>
public static partial class ScoreCards
{
    /// <summary>Words that tell much; about eight seconds.</summary>
    const int MuchTold = 20;

    /// <summary>Words in a monologue; about 45 seconds.</summary>
    const int LongMonologue = 117;

    /// <summary>The rep's share of all words.</summary>
    const double FairShare = 0.7;

    /// <summary>Fillers in a hundred words.</summary>
    const double ManyFillers = 3;

    const double WordsPerSecond = 2.6;

    static readonly TimeSpan recoversWithin = TimeSpan.FromSeconds(3);

    /// <param name="transcript">The final segments, oldest first.</param>
    public static ScoreCard Of(IReadOnlyList<SegmentView> transcript, IReadOnlyList<CutOff> cutOffs)
    {
        var turns = Turns(transcript);
        var rep = turns.FindAll(turn => turn.Speaker == Speaker.Rep);
        return new(
        [
            Asked(rep), Answered(turns), Proved(rep), Recovered(transcript, cutOffs), Short(rep), Share(turns, rep), Fillers(rep),
            Agreed(transcript),
        ]);
    }

    static ScoreCheck Asked(List<Turn> rep)
    {
        var asked = rep.FindIndex(turn => turn.Question is not null);
        var told = rep.FindIndex(turn => turn.Words >= MuchTold && turn.Question is null);
        return asked >= 0 && (told < 0 || asked < told)
            ? new(ScoreQuestion.AskedBeforeTelling, true, $"You asked first: {Quote(rep[asked].Question!)}.", rep[asked].AtMs)
            : told >= 0
            ? new(ScoreQuestion.AskedBeforeTelling, false, $"You told before you asked: {Quote(rep[told].Text)}.", rep[told].AtMs)
            : new(ScoreQuestion.AskedBeforeTelling, false, "You asked nothing.", null);
    }

    static ScoreCheck Answered(List<Turn> turns)
    {
        var asked = turns.Zip(turns.Skip(1)).Where(pair => pair.First is { Speaker: Speaker.Customer, Question: not null }).ToList();
        var dodged = asked.Find(pair => DodgedQuestion.In(pair.First.Question!, pair.Second.Text, ended: true));
        var all = asked.Count == 0 ? "You were asked nothing." : "You answered what was asked.";
        return dodged is (null, _)
            ? new(ScoreQuestion.AnsweredQuestions, true, all, null)
            : new(
                ScoreQuestion.AnsweredQuestions, false, $"You were asked {Quote(dodged.First.Question!)} and spoke of something else.",
                dodged.Second.AtMs);
    }

    static ScoreCheck Proved(List<Turn> rep)
    {
        var unproven = rep.Find(turn => UnprovenClaim.In(turn.Text, ended: true) is not null);
        return unproven is null
            ? new(ScoreQuestion.ProvedClaims, true, "No claim stood without a figure or a source.", null)
            : new(
                ScoreQuestion.ProvedClaims, false,
                $"You claimed \"{UnprovenClaim.In(unproven.Text, ended: true)}\" without a figure.", unproven.AtMs);
    }

    static ScoreCheck Recovered(IReadOnlyList<SegmentView> transcript, IReadOnlyList<CutOff> cutOffs)
    {
        foreach (var cutOff in cutOffs.Where(cutOff => !cutOff.HangsUp))
        {
            var next = transcript.FirstOrDefault(said => said.Speaker == Speaker.Rep && said.StartMs >= cutOff.AtMs);
            if (next is null || next.StartMs - cutOff.AtMs > recoversWithin.TotalMilliseconds)
            {
                var after = next is null
                    ? "not again"
                    : string.Create(CultureInfo.InvariantCulture, $"after {(next.StartMs - cutOff.AtMs) / 1000.0:F1} s");
                return new(ScoreQuestion.Recovered, false, $"You were cut off and spoke {after}.", cutOff.AtMs);
            }
        }

        var all = cutOffs.Count switch
        {
            0 => "You were not cut off.",
            1 => "You were cut off once and spoke again within 3 s.",
            var times => $"You were cut off {times} times and spoke again within 3 s each time.",
        };
        return new(ScoreQuestion.Recovered, true, all, null);
    }

    static ScoreCheck Short(List<Turn> rep)
    {
        var longest = rep.MaxBy(turn => turn.Words);
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{(longest?.Words ?? 0) / WordsPerSecond:F0}");
        return new(
            ScoreQuestion.KeptItShort, !(longest?.Words > LongMonologue), $"Your longest monologue took about {seconds} s.", longest?.AtMs);
    }

    static ScoreCheck Share(List<Turn> turns, List<Turn> rep)
    {
        var (own, all) = (rep.Sum(turn => turn.Words), turns.Sum(turn => turn.Words));
        var share = all == 0 ? 0 : (double)own / all;
        return new(
            ScoreQuestion.LetTheBuyerTalk, share <= FairShare,
            string.Create(CultureInfo.InvariantCulture, $"{share:P0} of the words were yours."), null);
    }

    static ScoreCheck Fillers(List<Turn> rep)
    {
        var (fillers, words) = (rep.Sum(turn => Filler().Count(turn.Text)), rep.Sum(turn => turn.Words));
        return new(
            ScoreQuestion.FewFillers, fillers * 100 <= ManyFillers * words, $"{fillers} of {words} words were fillers.",
            rep.Find(turn => Filler().IsMatch(turn.Text))?.AtMs);
    }

    static ScoreCheck Agreed(IReadOnlyList<SegmentView> transcript)
    {
        var step = transcript.LastOrDefault(said => Rehearsal.NextStep.In(said.Text));
        return step is null
            ? new(ScoreQuestion.NextStep, false, "Nobody proposed a next step with a time.", null)
            : new(ScoreQuestion.NextStep, true, $"A next step was named: {Quote(step.Text)}.", step.StartMs);
    }

    /// <summary>A sign of listening ends nobody's turn.</summary>
    static List<Turn> Turns(IReadOnlyList<SegmentView> transcript)
    {
        var turns = new List<Turn>();
        foreach (var said in transcript)
        {
            var turn = new Turn(said.Speaker, said.Text, said.StartMs);
            if (turns is [.., var last] && last.Speaker == said.Speaker)
            {
                turns[^1] = last with { Text = $"{last.Text} {said.Text}" };
            }
            else if (said.Speaker == Speaker.Rep || turn.Words > 2)
            {
                turns.Add(turn);
            }
        }

        return turns;
    }

    static string Quote(string text) => $"\"{(text.Length > 80 ? text[..80] + "…" : text).Replace('"', '\'')}\"";

    [GeneratedRegex(
        @"\b(um+|uh+|erm?|you know|i mean|basically|actually|literally|sort of|kind of)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Filler();

    sealed record Turn(Speaker Speaker, string Text, long AtMs)
    {
        public int Words { get; } = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;

        /// <summary>What it asks; null for nothing.</summary>
        public string? Question { get; } = AskedQuestion.LastIn(Text);
    }
}

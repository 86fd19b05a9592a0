using Teleprompter.InferenceWorker.SpeechSynthesis;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.SpeechSynthesis;

public sealed class ClauseSplitterTests
{
    static IEnumerable<string> Lines => File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "tests/Golden/clauses.txt"));

    [TestCaseSource(nameof(Lines))]
    public void A_turn_is_cut_where_a_voice_may_pause(string line)
    {
        var clauses = line.Split(" | ");
        Assert.That(Split(string.Join(' ', clauses), step: int.MaxValue), Is.EqualTo(clauses));
    }

    [TestCaseSource(nameof(Lines))]
    public void The_cuts_do_not_depend_on_the_pieces_in_which_the_words_come(string line)
    {
        var text = line.Replace(" | ", " ", StringComparison.Ordinal);
        var whole = Split(text, step: int.MaxValue);
        foreach (var step in new[] { 1, 2, 3, 7, 20 })
        {
            Assert.That(Split(text, step), Is.EqualTo(whole), $"pieces of {step} characters");
        }
    }

    [Test]
    public void The_first_clause_leaves_while_the_model_still_writes()
    {
        Assert.That(ClauseSplitter.Next("That is more than", 0, ended: false), Is.EqualTo(-1));
        Assert.That(ClauseSplitter.Next("That is more than we pay, ", 0, ended: false), Is.EqualTo("That is more than we pay,".Length));
    }

    [Test]
    public void Nothing_is_left_to_say_behind_the_last_clause()
    {
        const string Text = "I do not see it. ";
        Assert.That(ClauseSplitter.Next(Text, Text.Length - 1, ended: true), Is.EqualTo(-1));
    }

    static List<string> Split(string text, int step)
    {
        var (clauses, from) = (new List<string>(), 0);
        for (var length = Math.Min(step, text.Length); ; length = (int)Math.Min((long)length + step, text.Length))
        {
            while (ClauseSplitter.Next(text[..length], from, ended: length == text.Length) is > 0 and var end)
            {
                clauses.Add(text[from..end].Trim());
                from = end;
            }

            if (length == text.Length)
            {
                return clauses;
            }
        }
    }
}

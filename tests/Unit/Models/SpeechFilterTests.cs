using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Speech;

namespace Teleprompter.Tests.Unit.Models;

public sealed class SpeechFilterTests
{
    const string Fair = "Fair. Too high compared with what?";

    [TestCase("That is fair, so let us look at what the manual work costs you today.")]
    [TestCase("A fair point. Re-running the numbers, AT&T pays 20 % less.")]
    [TestCase("Für Sie: 20 € weniger – „versprochen“.")]
    [TestCase("Price: 49 € a seat; the export is in R&D until Q3 (beta).")]
    [TestCase("Customers say: it pays in one quarter. The \"fast\" plan is what they buy.")]
    [TestCase("Sales teams your size pay $1,200.50 a month, i.e. 10 % of one salary.")]
    [TestCase("¿Qué le parece si comparamos? C’est l'essentiel, n'est-ce pas?\nSecond line, 3 options.")]
    [TestCase("I get that. Responses come in a day.\n\nWould Friday work?")]
    [TestCase("Then let us do it.")]
    [TestCase("The rep would call you Monday.")]
    [TestCase("10 of 12 teams stay.")]
    [TestCase("We're at 15-20 % below the market – shall I send it?")]
    public void Clean_words_leave_with_the_delta_they_came_in(string text)
    {
        foreach (var deltas in Cuts(text))
        {
            var filter = new SpeechFilter(spoken: true, opensInThought: false);
            for (var i = 0; i < deltas.Count; i++)
            {
                Assert.That(filter.Write(deltas[i])?.Text ?? "", Is.EqualTo(deltas[i]), $"delta {i} of {string.Join('|', deltas)}");
            }

            Assert.That(filter.End(cut: false), Is.Null);
            Assert.That(filter.Whole, Is.EqualTo(text));
        }
    }

    [TestCase("It is 5 < 6 seats, <10 %, 2 * 3 = 6, ~20 % less, in snake_case, AT&T 👍🏽!")]
    [TestCase("Or a **bold** or 2 _small_ words.", "Or a bold or 2 small words.")]
    public void Marks_are_held_until_they_are_told_from_markup_and_no_letter_with_them(string text, string? speech = null)
    {
        foreach (var deltas in Cuts(text))
        {
            var filter = new SpeechFilter(spoken: true, opensInThought: false);
            foreach (var delta in deltas)
            {
                Assert.That(
                    (filter.Write(delta)?.Text ?? "").Where(char.IsLetterOrDigit),
                    Is.EqualTo(delta.Where(char.IsLetterOrDigit)),
                    string.Join('|', deltas));
            }

            filter.End(cut: false);
            Assert.That(filter.Whole, Is.EqualTo(speech ?? text));
        }
    }

    [TestCase("<think>\nOkay, I may go down to 15 percent but must not say so.\n</think>\n\nFair. Too high compared with what?")]
    [TestCase("<thinking>a < b, <b>bold</b></thinking>Fair. Too high compared with what?")]
    [TestCase("<THINK>x</THINK>Fair. Too high compared with what?")]
    [TestCase("<seed:think>x</seed:think>Fair. Too high compared with what?")]
    [TestCase("<think>x<think>y</think></think>Fair. Too high compared with what?")]
    [TestCase("[THINK]x[/THINK]Fair. Too high compared with what?")]
    [TestCase("◁think▷x◁/think▷Fair. Too high compared with what?")]
    [TestCase("<|START_THINKING|>x<|END_THINKING|><|START_RESPONSE|>Fair. Too high compared with what?<|END_RESPONSE|>")]
    [TestCase("<|begin_of_thought|>x<|end_of_thought|><|begin_of_solution|>Fair. Too high compared with what?<|end_of_solution|>")]
    [TestCase(
        "<|channel|>analysis<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>Fair. Too high compared with what?<|return|>")]
    [TestCase("<|channel|>analysis<|message|>x<|channel|>final <|constrain|>text<|message|>Fair. Too high compared with what?")]
    [TestCase(
        "<|channel|>commentary to=functions.price<|message|>{}<|call|><|start|>assistant<|channel|>final<|message|>Fair. Too high "
        + "compared with what?")]
    [TestCase("<|channel>thought\nx<channel|>Fair. Too high compared with what?<turn|>")]
    [TestCase("analysisWe must not offer 15 percent.assistantfinalFair. Too high compared with what?")]
    [TestCase("<scratchpad>x</scratchpad><answer>Fair. Too high compared with what?</answer>")]
    [TestCase("<draft_of_mine>x</draft_of_mine>Fair. Too high compared with what?")]
    [TestCase(
        "<|im_start|>assistant\nFair. Too high compared with what?<|im_end|>\n<|im_start|>user\nToo "
        + "much!<|im_end|>\n<|im_start|>assistant\nWell.")]
    [TestCase("<|start_header_id|>assistant<|end_header_id|>\n\nFair. Too high compared with what?<|eot_id|>")]
    [TestCase("<start_of_turn>model\nFair. Too high compared with what?<end_of_turn>")]
    [TestCase("<｜Assistant｜>Fair. Too high compared with what?<｜end▁of▁sentence｜>")]
    [TestCase("<s>[INST] x [/INST] Fair. Too high compared with what?</s>[INST] y [/INST]")]
    [TestCase("Rep: \"Fair. Too high compared with what?\"")]
    [TestCase("**Sales Rep:** “Fair. Too high compared with what?”")]
    [TestCase("**Rep**: Fair. Too high compared with what?")]
    [TestCase("Answer: Fair. Too high compared with what?")]
    [TestCase("Verkäufer: „Fair. Too high compared with what?“")]
    [TestCase("\"Fair. Too high compared with what?\"")]
    [TestCase("'Fair. Too high compared with what?'")]
    [TestCase("Here's what you could say:\n\n\"Fair. Too high compared with what?\"")]
    [TestCase("Sure, here is a reply: \"Fair. Too high compared with what?\"")]
    [TestCase("**Say this:**\n\nFair. Too high compared with what?")]
    [TestCase("> **Fair.** _Too high_ compared with `what`?")]
    [TestCase("## Fair. __Too high__ compared with ~~what~~?")]
    [TestCase("- Fair. Too high compared with what?")]
    [TestCase("1. Fair. Too high compared with what?")]
    [TestCase("```text\nFair. Too high compared with what?\n```")]
    [TestCase("[Fair](https://example.com/roi). Too high[1] compared with what?【4†source】")]
    [TestCase("<p>Fair. <b>Too high</b> compared with <span class=\"x\">what</span>?</p>")]
    [TestCase("Fair\\. Too high compared with what?")]
    [TestCase("Rep: Fair. Too high compared with what?\nCustomer: Compared with Acme.\nCustomer: Ok.")]
    public void Only_what_is_said_is_left_however_the_text_is_cut(string text)
    {
        foreach (var deltas in Cuts(text))
        {
            Assert.That(Read(deltas).Trim(), Is.EqualTo(Fair), string.Join('|', deltas));
        }
    }

    [Test]
    public void A_list_of_steps_loses_its_markup_and_keeps_its_words()
    {
        const string Text = "**Say this:**\n\n1. *Acknowledge* the price\n2. Ask: \"Compared with what?\"\n\n> Use the [ROI sheet](https://example.com/roi)\n```\nFair.\n```";
        foreach (var deltas in Cuts(Text))
        {
            Assert.That(
                Read(deltas).Trim(),
                Is.EqualTo("Acknowledge the price\nCompared with what?\n\nUse the ROI sheet\nFair."),
                string.Join('|', deltas));
        }
    }

    [Test]
    public void A_closing_tag_alone_takes_back_what_was_shown_and_is_remembered()
    {
        var filter = new SpeechFilter(spoken: true, opensInThought: false);
        Assert.That(filter.Write("I may go down to 15 percent ")?.Text, Is.Not.Empty);
        Assert.That(
            filter.Write("but must not.\n</think>"),
            Is.EqualTo(new AnswerPart("", Replaces: true)).Using<AnswerPart>((a, b) => a.Text == b.Text && a.Replaces == b.Replaces));
        Assert.That(filter.Write("\n\nFair. ")?.Text, Is.EqualTo("Fair. "));
        Assert.That(filter.OpensInThought, Is.True);

        var next = new SpeechFilter(spoken: true, opensInThought: true);
        Assert.That(next.Write("I may go down to 15 percent</think>Fair.")?.Text, Is.EqualTo("Fair."));
    }

    [TestCase("<think>I may go down to 15 percent")]
    [TestCase("<|channel|>analysis<|message|>I may go down")]
    [TestCase("analysisWe may go down")]
    public void A_stream_that_never_leaves_its_thoughts_has_no_words(string text)
    {
        foreach (var deltas in Cuts(text))
        {
            var filter = new SpeechFilter(spoken: true, opensInThought: false);
            Assert.That(deltas.Select(filter.Write), Is.All.Null, string.Join('|', deltas));
            filter.End(cut: false);
            Assert.That((filter.Whole, filter.Hides), Is.EqualTo(("", true)));
        }
    }

    [TestCase("I understand. Absolutely, I completely", "I understand.")]
    [TestCase("Is it 49 €? Yes, e.g. for", "Is it 49 €?")]
    [TestCase("That is it! It costs 3.", "That is it!")]
    [TestCase("Verstehe ich. Das kostet z.B. bei", "Verstehe ich.")]
    [TestCase("没问题。我们可以", "没问题。")]
    [TestCase("no sentence is whole here", "no sentence is whole here")]
    [TestCase("Whole. Both of them.", "Whole. Both of them.")]
    public void A_cut_answer_ends_at_its_last_whole_sentence(string text, string whole)
    {
        var filter = new SpeechFilter(spoken: true, opensInThought: false);
        filter.Write(text);
        var end = filter.End(cut: true);
        Assert.That(filter.Whole, Is.EqualTo(whole));
        Assert.That(end is null, Is.EqualTo(text == whole));
    }

    [Test]
    public void A_summary_keeps_its_markup_and_loses_its_thoughts()
    {
        var filter = new SpeechFilter(spoken: false, opensInThought: false);
        var text = string.Concat(new[] { "<think>x</think>", "{\"a\": \"*b*\\n1. [c](d)\"}" }.Select(delta => filter.Write(delta)?.Text));
        Assert.That(text, Is.EqualTo("{\"a\": \"*b*\\n1. [c](d)\"}"));
    }

    /// <summary>Whole, by words, by pieces of one to three characters, and at random.</summary>
    static IEnumerable<List<string>> Cuts(string text)
    {
        yield return [text];
        yield return [.. text.Split(' ').Select((word, i) => i == 0 ? word : " " + word)];
        foreach (var size in new[] { 2, 3, 5, 7 })
        {
            yield return [.. text.Chunk(size).Select(part => new string(part))];
        }
    }

    static string Read(IEnumerable<string> deltas)
    {
        var filter = new SpeechFilter(spoken: true, opensInThought: false);
        var shown = "";
        foreach (var part in deltas.Select(filter.Write).Append(filter.End(cut: false)))
        {
            shown = part is { Replaces: true } ? part.Text : shown + part?.Text;
        }

        Assert.That(filter.Whole, Is.EqualTo(shown));
        return shown;
    }
}

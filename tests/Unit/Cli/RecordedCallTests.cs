using System.Text;
using Teleprompter.Cli;
using Teleprompter.Cli.Replay;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.TurnTaking;

namespace Teleprompter.Tests.Unit.Cli;

public sealed class RecordedCallTests
{
    [TestCaseSource(typeof(SampleCall), nameof(SampleCall.All))]
    public void A_sample_call_of_the_side_panel_is_read_as_it_is(SampleCall sample)
    {
        var call = RecordedCall.Read(SampleCall.PathOf(sample.Id), rep: null, [], encoding: null);
        Assert.That(call.Brief, Is.EqualTo(sample.Brief));
        Assert.That(
            call.Turns.Select(turn => (turn.Speaker, turn.Text, turn.StartMs, turn.EndMs)),
            Is.EqualTo(sample.Turns.Select(turn => (turn.Speaker, turn.Text, turn.StartMs, turn.EndMs))));
        Assert.That(call.Notes, Is.Empty);
    }

    [Test]
    public void Plain_lines_take_as_long_as_their_words_and_follow_each_other()
    {
        var turns = RecordedCall.Parse("call.txt", "# a comment\n\nrep: Hello there.\r\n CUSTOMER:  How   much\tis it?\n").Turns;
        Assert.That(Said(turns), Is.EqualTo(new[] { (Speaker.Rep, "Hello there."), (Speaker.Customer, "How much is it?") }));
        Assert.That(turns[0].EndMs - turns[0].StartMs, Is.EqualTo(750));
        Assert.That(turns[1].EndMs - turns[1].StartMs, Is.EqualTo(1500));
        Assert.That(turns[1].StartMs, Is.GreaterThan(turns[0].EndMs));
    }

    [TestCase("rep: Hi.\n\ncustomer:   ", 3)]
    [TestCase("Hi.", 1)]
    [TestCase("WEBVTT\n\nnow --> later\nrep: Hi.", 3)]
    [TestCase("{ \"turns\": [\n\n  { \"text\": \"Hi.\", \"startMs\": 0, \"endMs\": 1 } ] }", 3)]
    [TestCase("{\n\"turns\": [\n  { \"speaker\": \"rep\", \"text\": \"Hi.\" },\n  { \"speaker\": \"rep\", \"text\": \" \" } ] }", 4)]
    [TestCase("{\n\"turns\": [\n  { \"speaker\": \"rep\", \"text\": \"Hi.\", \"startMs\": 5, \"endMs\": 1 } ] }", 3)]
    [TestCase("{\n\"turns\": [\n  { \"speaker\": \"rep\", \"text\": \"Hi.\", \"startMs\": true } ] }", 3)]
    [TestCase("{\n  \"brief\": {}\n}", 3)]
    [TestCase("{\n  \"turns\": [", 2)]
    public void A_wrong_line_is_named(string text, int line) => Assert.That(
        () => RecordedCall.Parse("call", text), Throws.InstanceOf<InputException>().With.Message.StartsWith($"call:{line}: "));

    [Test]
    public void Bytes_that_are_not_UTF_8_are_an_error_with_their_line_until_the_encoding_is_named()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, Encoding.Latin1.GetBytes("rep: Guten Tag.\ncustomer: Das ist uns zu teuer, für fünfzig Plätze."));
            Assert.That(
                () => RecordedCall.Read(file, null, [], null),
                Throws.InstanceOf<InputException>().With.Message.StartsWith($"{file}:2: ").And.Message.Contains("--encoding"));
            Assert.That(RecordedCall.Read(file, null, [], Encoding.Latin1).Turns[1].Text, Does.EndWith("für fünfzig Plätze."));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void Fields_of_the_brief_go_over_those_of_the_file()
    {
        var brief = BriefFields.Put(new CallBrief(CustomerName: "Lee", Product: "Relay"), ["product=Loom=desk", "company=Harbor"]);
        Assert.That(brief, Is.EqualTo(new CallBrief(CustomerName: "Lee", Product: "Loom=desk", Company: "Harbor")));
        Assert.That(
            () => BriefFields.Put(brief, ["colour=red"]), Throws.InstanceOf<InputException>().With.Message.Contains("customerName"));
    }

    static IEnumerable<(Speaker, string)> Said(IEnumerable<Teleprompter.ClientSdk.CallTurn> turns) =>
        turns.Select(turn => (turn.Speaker, turn.Text));
}

using Teleprompter.Cli;
using Teleprompter.Cli.Replay;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Cli;

/// <summary>The transcripts that meeting tools, recorders and customer systems export.</summary>
public sealed class TranscriptTests
{
    const string Ana = "Thanks for taking the time today.";
    const string Jonas = "Honestly the quote is higher than we expected.";

    static readonly (Speaker, string)[] Both = [(Speaker.Rep, Ana), (Speaker.Customer, Jonas)];

    static IEnumerable<TestCaseData> Forms =>
    [
        Form(
            "voice tags",
            $"WEBVTT\n\n1\n00:00:03.120 --> 00:00:06.480\n<v Ana Keller>{Ana}</v>\n\n0:0:7.2 --> 0:0:11.0\n<v Jonas>Honestly the "
            + "quote\nis higher than we expected.</v>"),
        Form(
            "a cue with styles, notes and entities",
            $"WEBVTT - call\n\nNOTE\nnothing\n\n00:03.120 --> 00:06.480 align:start\n<v.loud Ana Keller><c.x>{Ana}</c></v>\n\n00:07.200 "
            + "--> 00:11.000\n<v Jonas><i>Honestly</i> the quote is&nbsp;higher than we expected."),
        Form(
            "labels in cues",
            $"WEBVTT\n\n1\n00:00:03.120 --> 00:00:06.480\nAna Keller: {Ana}\n\n2\n00:00:07.200 --> 00:00:09.000\nJonas: Honestly the "
            + "quote is higher\n\n3\n00:00:09.000 --> 00:00:11.000\nthan we expected.",
            splits: true),
        Form(
            "SubRip with dashes",
            $"1\r\n00:00:03,120 --> 00:00:06,480\r\n- Ana Keller: {Ana}\r\n\r\n2\r\n00:00:07,200 --> 00:00:11,000\r\n>> Jonas: "
            + $"{{\\an8}}{Jonas}\r\n"),
        Form(
            "names and times above the words", $"Ana Keller  0:03\n{Ana}\n\nJonas Weber  0:07\n{Jonas}\n\nTranscribed by https://otter.ai"),
        Form("names in brackets and times of the day", $"[Ana Keller] 09:31:44\n{Ana}\n\n[Jonas Weber] 09:31:48\n{Jonas}"),
        Form("times before the names", $"[00:00:03] Ana Keller: {Ana}\n[00:00:07] Jonas: {Jonas}"),
        Form("times behind the names", $"Ana Keller (00:03): {Ana}\nJonas (00:07): {Jonas}"),
        Form("times on their own lines", $"00:00:03\nAna Keller: {Ana}\n00:00:07\nJonas: {Jonas}"),
        Form("bold names", $"**Ana Keller:** {Ana}\n\n**Jonas**: {Jonas}", timed: false),
        Form(
            "a heading above the call",
            $"Title: Quote\nDate: 2026-11-20\nAttendees: Ana, Jonas\n\nAna Keller: {Ana}\nJonas: {Jonas}",
            timed: false),
        Form(
            "wrapped lines",
            $"Ana Keller: Thanks for taking the time\ntoday.\nJonas: Honestly the quote is higher\nthan we expected.",
            timed: false),
        Form(
            "an array",
            $$"""
            [{"speaker":"Ana Keller","text":"{{Ana}}","start":3.1,"end":6.4},
             {"speaker":"Jonas","text":"{{Jonas}}","start":7,"end":11.2}]
            """),
        Form(
            "milliseconds without a unit",
            $$"""
            {"utterances":[
              {"speaker":"Ana Keller","text":"{{Ana}}","start":3100,"end":6400,
               "words":[{"text":"Thanks","start":3100,"end":3300,"speaker":"Ana Keller"}]},
              {"speaker":"Jonas","text":"{{Jonas}}","start":7000,"end":11200}]}
            """),
        Form(
            "sentences by name",
            $$"""
            {"sentences":[
              {"speaker_name":"Ana Keller","raw_text":"","text":"{{Ana}}","start_time":"3.1"},
              {"speaker_name":"Jonas","text":"{{Jonas}}","start_time":"7.0"}]}
            """),
        Form(
            "times with spaces that only Unicode has",
            $$"""
            [{"speaker":"Ana Keller","text":"{{Ana}}","start":"0:03\u2028","end":"\u00a00:06"},
             {"speaker":"Jonas","text":"{{Jonas}}","start":" 0:07 ","end":"0:11"}]
            """),
        Form(
            "monologues and parties",
            $$"""
            {"parties":[
              {"speakerId":"11","name":"Ana Keller","affiliation":"Internal"},
              {"speakerId":"12","name":"Jonas","affiliation":"External"}],
             "callTranscripts":[{"callId":"7","transcript":[
              {"speakerId":"11","topic":"Intro","sentences":[{"start":3100,"end":6400,"text":"{{Ana}}"}]},
              {"speakerId":"12","sentences":[{"start":7000,"end":11200,"text":"{{Jonas}}"}]}]}]}
            """,
            rep: null),
    ];

    [TestCaseSource(nameof(Forms))]
    public void Every_form_gives_who_said_what_and_when(string text, bool timed, bool splits, string? rep)
    {
        var turns = RecordedCall.Parse("call", text, rep).Turns;
        (Speaker, string)[] said = splits
            ? [Both[0], (Speaker.Customer, "Honestly the quote is higher"), (Speaker.Customer, "than we expected.")]
            : Both;
        Assert.That(turns.Select(turn => (turn.Speaker, turn.Text)), Is.EqualTo(said));
        if (timed)
        {
            Assert.That(turns[1].StartMs - turns[0].StartMs, Is.EqualTo(4000).Within(150));
            Assert.That(turns[0].StartMs, Is.Zero.Or.EqualTo(3000).Within(120));
        }

        Assert.That(turns.All(turn => turn.EndMs > turn.StartMs));
    }

    [TestCase("agent-caller.txt", "'Agent' is taken for the rep")]
    [TestCase("markdown.txt", null)]
    [TestCase("monologue.txt", null)]
    [TestCase("teams.vtt", "'Ana Keller' is taken for the rep")]
    [TestCase("utf16.txt", null)]
    [TestCase("wrapped.txt", null)]
    [TestCase("otter.txt", "ignored: 7", "Ana")]
    [TestCase("speakers.srt", null, "ana")]
    public void A_file_as_people_have_it_is_replayed(string file, string? note, string? rep = null)
    {
        var call = RecordedCall.Read(SharedData.Find($"cases/transcripts/{file}"), rep, [], null);
        Assert.That(call.Turns[0].Speaker, Is.EqualTo(Speaker.Rep));
        Assert.That(call.Turns.Skip(1), Has.All.Property("Speaker").EqualTo(Speaker.Customer));
        Assert.That(call.Turns.Count, Is.GreaterThan(1));
        Assert.That(string.Concat(call.Notes), note is null ? Is.Empty : Does.Contain(note));
    }

    [Test]
    public void Who_is_the_rep_is_asked_where_it_is_not_obvious()
    {
        const string call = "Ana Keller: Hello.\nJonas Weber: Hello.\nMia: Hello.";
        Assert.That(() => RecordedCall.Parse("call.txt", call), Throws.InstanceOf<InputException>()
            .With.Message.EqualTo("call.txt does not say who is the rep. Add --rep and one of 'Ana Keller', 'Jonas Weber', 'Mia'."));
        Assert.That(() => RecordedCall.Parse("call.txt", call, "Bob"), Throws.InstanceOf<InputException>().With.Message.Contains("'Mia'"));
        Assert.That(Reps(RecordedCall.Parse("call.txt", call, "jonas weber")), Is.EqualTo(new[] { 1 }));
        Assert.That(Reps(RecordedCall.Parse("call.txt", call, "Ana")), Is.EqualTo(new[] { 0 }));
        Assert.That(Reps(RecordedCall.Parse("call.txt", call, fields: ["repName=Mia"])), Is.EqualTo(new[] { 2 }));
    }

    [TestCase("Ana: Hello.\nJonas (Guest): Hello.", 0)]
    [TestCase("Jonas (External): Hello.\nAna: Hello.", 1)]
    [TestCase("Prospect: Hello.\nSales Rep 1: Hello.", 1)]
    [TestCase("Customer 1: Hello.\nAgent: Hello.\nCustomer 2: Hello.", 1)]
    public void The_rep_is_found_by_words_that_say_it(string call, int rep) =>
        Assert.That(Reps(RecordedCall.Parse("call.txt", call)), Is.EqualTo(new[] { rep }));

    [Test]
    public void A_colon_or_a_time_in_the_middle_of_a_sentence_names_nobody()
    {
        var turns = RecordedCall.Parse(
            "call.txt",
            "rep: Shall we meet\nAt 10:30 or later?\ncustomer: See https://example.com: it says\nthen she said: no.\nrep: Fine.").Turns;
        Assert.That(turns.Select(turn => turn.Text), Is.EqualTo(new[]
        {
            "Shall we meet At 10:30 or later?", "See https://example.com: it says then she said: no.", "Fine.",
        }));
    }

    [Test]
    public void A_long_turn_is_split_at_its_sentences_and_keeps_its_time()
    {
        var sentence = string.Join(' ', Enumerable.Repeat("word", 60)) + ". ";
        var turns = RecordedCall.Parse(
            "call",
            $$"""[{"speaker":"rep","text":"{{string.Concat(Enumerable.Repeat(sentence, 5))}}","startMs":1000,"endMs":90000}]""").Turns;
        Assert.That(turns, Has.Count.EqualTo(5));
        Assert.That((turns[0].StartMs, turns[^1].EndMs), Is.EqualTo((1000, 90_000)));
        Assert.That(turns.Zip(turns.Skip(1)).All(pair => pair.First.EndMs == pair.Second.StartMs && pair.First.Text.EndsWith('.')));
        Assert.That(RecordedCall.Parse("call", $"customer: {new string('x', 1200)}").Turns, Has.Count.EqualTo(3));
    }

    [Test]
    public void Turns_are_played_in_the_order_in_which_they_begin()
    {
        var turns = RecordedCall.Parse(
            "call", """[{"speaker":"rep","text":"B","start":9.5},{"speaker":"customer","text":"A","start":1.5}]""").Turns;
        Assert.That(turns.Select(turn => turn.Text), Is.EqualTo(new[] { "A", "B" }));
    }

    static IEnumerable<int> Reps(RecordedCall call) =>
        call.Turns.Index().Where(turn => turn.Item.Speaker is Speaker.Rep).Select(turn => turn.Index);

    static TestCaseData Form(string name, string text, bool timed = true, bool splits = false, string? rep = "Ana Keller") =>
        new TestCaseData(text, timed, splits, rep).SetArgDisplayNames(name);
}

using System.Globalization;
using System.Text;
using Teleprompter.Cli;
using Teleprompter.Cli.Replay;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Cli;

/// <summary>
/// Files of strangers: whatever is in them is read, or refused with a message. <c>FUZZ_SEED</c> repeats a run, <c>FUZZ_ROUNDS</c> lengthens
/// it.
/// </summary>
public sealed class ParserFuzzTests
{
    static readonly string[] Transcripts =
    [
        "rep: Hello there.\n\n**Ana Keller**: How much\nis it? At 10:30: now.\n# note\n[00:03] Jonas: 5 o'clock (Guest): no\n",
        "WEBVTT\n\nNOTE x\n\n1\n00:00:03.120 --> 00:00:06.480\n<v Rep>Hello&nbsp;there</v><v Jonas (Guest)>Yes.</v>\n\n0:0:7,2 --> "
        + "0:0:9\n- Ana: No {\\an8}\n",
        "Rep  0:03\nThanks.\n\nJonas Weber  1:00:07\nSure.\n\nTranscribed by https://otter.ai",
        """
        {"brief":{"company":"A"},"parties":[{"id":1,"name":"Rep"}],
         "turns":[{"speaker":"1","text":"Hi. Yes?","startMs":0,"endMs":1200,"words":[{}]},
                  {"speakerId":2,"sentences":[{"start":"0:04","duration":2,"text":"x"}]}]}
        """,
    ];

    const string Card =
        "---\na: b\n---\n# Price\n\n## When they say:\n\n- a\n• b [1]\n1. c\n"
        + "\n##Say\n\n> Fair[, {customerName}] *x* {company|you} [l](http://x) <b>\n<!-- c -->\n## Fact\n\n| a |\n\n[1]: x\n";

    const string Odd = "\0\uFEFF\r\n\t :-<>[]{}()\"'\\/*_#|,.;&=0159aZäß💰\u2028\u202E٣";

    static readonly int Seed = Setting("FUZZ_SEED") ?? Environment.TickCount;
    static readonly int Rounds = Setting("FUZZ_ROUNDS") ?? 3000;

    [Test]
    public void A_transcript_is_read_or_refused() => Fuzz(random =>
    {
        var text = Mutate(Transcripts[random.Next(Transcripts.Length)], random);
        try
        {
            var call = RecordedCall.Parse("call", text);
            Assert.That(
                call.Turns.All(turn => turn.StartMs >= 0 && turn.EndMs > turn.StartMs && turn.Text.Length is > 0 and <= 2000), text);
        }
        catch (InputException refused)
        {
            Assert.That(refused.Message, Does.StartWith("call"), text);
        }
    });

    [Test]
    public void A_card_is_read_or_reported() => Fuzz(random =>
    {
        var (text, errors) = (Mutate(Card, random), new List<PlaybookError>());
        var card = PlaybookReader.ReadCard("price.md", text, errors);
        Assert.That(card is null, Is.EqualTo(errors.Any(error => !error.IsWarning)), text);
        Assert.That(errors.All(error => error.Line >= 1 && error.Line <= text.Split('\n', '\r').Length), text);
    });

    [Test]
    public void Bytes_are_decoded_or_refused() => Fuzz(random =>
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        Encoding[] marks = [Encoding.UTF8, Encoding.Unicode, Encoding.UTF32];
        byte[] marked = [.. marks[random.Next(marks.Length)].GetPreamble(), .. bytes];
        try
        {
            TextFile.Decode(random.Next(2) == 0 ? bytes : marked);
        }
        catch (TextFormatException refused)
        {
            Assert.That(refused.Line, Is.GreaterThan(0));
        }
    });

    [Test]
    public void A_WAV_file_is_read_or_refused() => Fuzz(random =>
    {
        var bytes = WavBytes.Of(16_000, 16, 2, WavBytes.Pcm, new byte[64]);
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        try
        {
            using var stream = new MemoryStream(bytes[..random.Next(bytes.Length)]);
            Assert.That(WavHeader.Read(stream, "call.wav").FrameBytes, Is.GreaterThan(0));
        }
        catch (InputException refused)
        {
            Assert.That(refused.Message, Does.StartWith("call.wav"));
        }
    });

    static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    static void Fuzz(Action<Random> round)
    {
        TestContext.Out.WriteLine($"FUZZ_SEED={Seed}");
        var random = new Random(Seed);
        for (var count = 0; count < Rounds; count++)
        {
            round(random);
        }
    }

    static string Mutate(string text, Random random)
    {
        for (var change = random.Next(1, 8); change > 0 && text.Length > 1; change--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(1, Math.Min(12, text.Length - at) + 1);
            text = random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(random.Next(text.Length - length), length)),
                2 => text.Insert(at, @"\ud83d"),
                3 => text.Insert(at, string.Concat(Enumerable.Repeat(Odd[random.Next(Odd.Length)], random.Next(1, 4)))),
                _ => text[..at] + Odd[random.Next(Odd.Length)] + text[(at + 1)..],
            };
        }

        return text;
    }
}

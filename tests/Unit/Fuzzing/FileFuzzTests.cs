using System.Diagnostics.CodeAnalysis;
using System.Text;
using Teleprompter.Cli;
using Teleprompter.Cli.Replay;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.InferenceWorker.Playbook;
using Teleprompter.Tests.Unit.Cli;

namespace Teleprompter.Tests.Unit.Fuzzing;

/// <summary>Files of strangers: whatever is in them is read, or refused with a message.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class FileFuzzTests
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

    static readonly string[] Cards =
    [
        "---\na: b\n---\n# Price\n\n## When they say:\n\n- a\n• b [1]\n1. c\n"
        + "\n##Say\n\n> Fair[, {customerName}] *x* {company|you} [l](http://x) <b>\n<!-- c -->\n## Fact\n\n| a |\n\n[1]: x\n",
    ];

    static readonly byte[][] Voices =
    [
        WavBytes.Of(16_000, 16, 2, WavBytes.Pcm, new byte[64]),
        WavBytes.Of(8_000, 8, 1, WavBytes.Pcm, new byte[64]),
    ];

    [Test]
    public Task A_transcript_is_read_or_refused() => Fuzzer.Run(Transcripts, (text, _) =>
    {
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
    public Task A_card_is_read_or_reported() => Fuzzer.Run(Cards, (text, _) =>
    {
        var errors = new List<PlaybookError>();
        var card = PlaybookReader.ReadCard("price.md", text, errors);
        Assert.That(card is null, Is.EqualTo(errors.Any(error => !error.IsWarning)), text);
        Assert.That(errors.All(error => error.Line >= 1 && error.Line <= text.Split('\n', '\r').Length), text);
    });

    [Test]
    public Task Bytes_are_decoded_or_refused() => Fuzzer.Run(
        [.. Transcripts.SelectMany(text => new[] { Encoding.UTF8, Encoding.Unicode, Encoding.UTF32 }.Select(
            encoding => (byte[])[.. encoding.GetPreamble(), .. encoding.GetBytes(text)]))],
        (bytes, _) =>
        {
            try
            {
                TextFile.Decode(bytes);
            }
            catch (TextFormatException refused)
            {
                Assert.That(refused.Line, Is.GreaterThan(0));
            }

            return Task.CompletedTask;
        });

    [Test]
    public Task A_WAV_file_is_read_or_refused() => Fuzzer.Run(Voices, (bytes, _) =>
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            Assert.That(WavHeader.Read(stream, "call.wav").FrameBytes, Is.GreaterThan(0));
        }
        catch (InputException refused)
        {
            Assert.That(refused.Message, Does.StartWith("call.wav"));
        }

        return Task.CompletedTask;
    });
}

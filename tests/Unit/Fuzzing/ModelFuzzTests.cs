using System.Diagnostics.CodeAnalysis;
using System.Text;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Models.Claims;
using Teleprompter.InferenceWorker.Models.Speech;
using Teleprompter.Tests.Unit.Models;

namespace Teleprompter.Tests.Unit.Fuzzing;

[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class ModelFuzzTests
{
    static readonly byte[][] Streams =
    [
        .. new[]
        {
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Für 49 € "
            + "\\ud83d\\udc4d\"},\"finish_reason\":null}],\"created\":1.5}\n\ndata: [DONE]\n\n",
            "event: error\r\ndata: {\"error\":{\"message\":\"no\",\"code\":502}}\r\n\r\n: comment\r\n\r\ndata: ping\r\n\r\n",
            "{\"choices\":[{\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"Fair\"}]},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1e3}}",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":400,\"completion_tokens\":\"20\"}}\n\ndata: {\"a\":NaN}\n\n",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    static readonly byte[][] Answers =
    [
        .. new[]
        {
            "<think>\nI may go down to 15 percent.\n</think>\n\nFair. Too high compared with what?",
            "<|channel|>analysis<|message|>No.<|end|><|start|>assistant<|channel|>final<|message|>Fair.<|return|>",
            "**Say this:**\n\n1. *Acknowledge* the price\n2. Ask: \"Compared with what?\"\n> "
            + "[ROI](https://example.com)\n```text\nFair.\n```",
            "Rep: “Für Müller & Söhne: 49 €, ~20 % off, 2 * 3_4 \\* [1] 【2†x】 👍🏽.”\nCustomer: No.",
            "analysisWe must not.assistantfinalFair. [THINK]x[/THINK] ◁think▷ <b>y</b> </think>",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    [Test]
    public Task The_reader_of_a_models_stream_ends_and_fails_in_two_ways_only() => Fuzzer.Run(Streams, async (bytes, random) =>
    {
        await using var stream = new ChoppedStream(bytes, random.Next(1, 50));
        try
        {
            await foreach (var chunk in ChatStream.Read(stream))
            {
                Assert.That(chunk.Text, Is.Not.Null);
            }
        }
        catch (Exception expected) when (expected is EndOfStreamException or InvalidDataException)
        {
            // What it promises.
        }
    });

    [Test]
    public Task What_is_thought_does_not_depend_on_how_an_answer_is_cut() => Fuzzer.Run(Answers, (bytes, random) =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        var whole = Speech([text]);
        var deltas = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(1, 12), text.Length - at);
            deltas.Add(text.Substring(at, length));
            at += length;
        }

        Assert.That(whole.Length, Is.LessThanOrEqualTo(text.Length));
        Assert.That(Speech(deltas, spoken: false), Is.EqualTo(Speech([text], spoken: false)), string.Join('|', deltas));

        // A label is held only from its third letter on, so that broken markup within one may be cut in two ways.
        Assert.That(Speech(deltas).Length, Is.LessThanOrEqualTo(text.Length));
        ClaimGuard.Unsupported(whole, new ClaimSources(text, whole));
        Sentences.Whole(whole);
        return Task.CompletedTask;
    });

    static string Speech(IEnumerable<string> deltas, bool spoken = true)
    {
        var filter = new SpeechFilter(spoken, opensInThought: false);
        var shown = "";
        foreach (var part in deltas.Select(filter.Write).Append(filter.End(cut: false)))
        {
            shown = part is { Replaces: true } ? part.Text : shown + part?.Text;
        }

        Assert.That(filter.Whole, Is.EqualTo(shown), "what is shown is what is remembered");
        return shown;
    }
}

using System.Text.Json;
using Teleprompter.Cli.Replay.Voices;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Cli;

/// <summary>What a replayed recording sends of two voices and the silence between them.</summary>
public sealed class SpeechGateTests
{
    const int BytesPerMs = 32;

    [Test]
    public void Silence_is_not_sent_and_no_turn_loses_its_beginning_or_its_end()
    {
        using var wav = WavFile.Open(SharedData.Find("audio/sales-call.wav"));
        var turns = JsonDocument.Parse(File.ReadAllText(SharedData.Find("audio/sales-call.json"))).RootElement.GetProperty("turns").EnumerateArray()
            .Select(turn => (Channel: turn.GetProperty("speaker").GetString() == "rep" ? 0 : 1, Start: turn.GetProperty("startMs").GetInt64(), End: turn.GetProperty("endMs").GetInt64()))
            .ToList();
        var sent = Sent(wav);
        foreach (var (channel, start, end) in turns)
        {
            var pieces = sent.Where(piece => piece.Channel == channel && piece.End > start && piece.Start < end).ToList();
            Assert.That(pieces[0].Start, Is.LessThanOrEqualTo(start + 30), "its beginning");
            Assert.That(pieces[^1].End, Is.GreaterThanOrEqualTo(end - 30), "its end");
        }

        var spoken = turns.Sum(turn => turn.End - turn.Start);
        var silence = (2 * (long)wav.Length.TotalMilliseconds) - spoken;
        var silent = sent.Sum(piece => piece.End - piece.Start - turns.Where(turn => turn.Channel == piece.Channel)
            .Sum(turn => Math.Max(0, Math.Min(piece.End, turn.End) - Math.Max(piece.Start, turn.Start))));
        Assert.That((double)silent / silence, Is.LessThan(0.05));
    }

    [Test]
    public void Pieces_of_a_stretch_follow_each_other_without_a_gap_and_its_last_one_says_so()
    {
        using var wav = WavFile.Open(SharedData.Find("audio/jfk.wav"));
        var sent = Sent(wav);
        Assert.That(sent, Is.Not.Empty);
        foreach (var (piece, next) in sent.Zip(sent.Skip(1)))
        {
            Assert.That(next.Start, piece.Ends ? Is.GreaterThanOrEqualTo(piece.End) : Is.EqualTo(piece.End));
        }

        Assert.That(sent[^1].Ends, Is.True);
    }

    static List<(int Channel, long Start, long End, bool Ends)> Sent(WavFile wav)
    {
        var gates = Enumerable.Range(0, wav.Channels).Select(_ => new SpeechGate()).ToArray();
        var pieces = wav.Hops().SelectMany(hop => gates.Select((gate, channel) => (channel, gate.Hear(hop[channel])))).ToList();
        pieces.AddRange(gates.Select((gate, channel) => (channel, gate.End())));
        return
        [
            .. pieces.Where(piece => piece.Item2 is not null)
                .Select(piece => (piece.channel, Start: (long)piece.Item2!.At.TotalMilliseconds, piece.Item2))
                .Select(piece => (piece.channel, piece.Start, piece.Start + (piece.Item3.Pcm.Length / BytesPerMs), piece.Item3.EndOfSpeech)),
        ];
    }
}

using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A whole call of two voices, heard frame by frame, with a transcriber that knows what is said when and takes 100 ms.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class SalesCallTests(bool clientSendsSpeechOnly)
{
    // A client's voice activity detection begins before the voice and ends after it; its end is judged here again.
    const int ClientBeforeMs = 200;
    const int ClientAfterMs = 270;

    static readonly Lazy<Recording> call = new(() => Recording.Load(SharedData.Find("audio/sales-call.wav")));

    ListeningRun run = null!;

    static IReadOnlyList<TimelineTurn> Turns => call.Value.Turns;

    [SetUp]
    public void Listen()
    {
        run = new ListeningRun(call.Value);
        run.Play(call.Value.Channels, clientSendsSpeechOnly ? Sends : null);
        run.Wait(TimeSpan.FromSeconds(10));
    }

    [Test]
    public void A_speakers_words_are_the_timelines_and_none_crosses_a_turn()
    {
        foreach (var speaker in (Speaker[])[Speaker.Rep, Speaker.Customer])
        {
            var said = run.Finals.Where(final => final.Words.Segment.Speaker == speaker).Select(final => final.Words.Segment).ToList();

            Assert.That(
                string.Join(' ', said.Select(segment => segment.Text)),
                Is.EqualTo(string.Join(' ', TurnsOf(speaker).Select(turn => turn.Text))));
            foreach (var segment in said)
            {
                var turn = TurnsOf(speaker)
                    .SingleOrDefault(turn => turn.StartMs - 100 <= segment.StartMs && segment.EndMs <= turn.EndMs + 100);
                Assert.That(turn, Is.Not.Null, $"{segment.StartMs} to {segment.EndMs} ms: {segment.Text}");
                Assert.That(turn!.Text, Does.Contain(segment.Text));
            }
        }
    }

    [Test]
    public void A_turn_is_split_at_its_sentences_only_and_every_segment_is_final_once()
    {
        Assert.That(run.Finals.Select(final => final.Words.Segment.Text[^1]), Is.All.AnyOf('.', '?'));
        Assert.That(run.Finals.Select(final => final.Words.Segment.SegmentId), Is.Unique);
        Assert.That(run.Finals.Select(final => final.Words.Segment.EndOfTurn), Is.All.True);
    }

    [Test]
    public void The_end_of_a_turn_is_detected_within_350_ms()
    {
        var delays = EndDelays();

        TestContext.Out.WriteLine($"End of turn after its last sound, ms: {string.Join(", ", delays.Select(delay => $"{delay:0}"))}");
        Assert.That(delays, Has.Count.EqualTo(Turns.Count).And.All.InRange(150, 350));
    }

    [Test]
    public void Hardly_any_silence_is_transcribed_and_no_voice_is_left_out()
    {
        var sent = new[] { new bool[call.Value.Channels[0].Length], new bool[call.Value.Channels[0].Length] };
        foreach (var (_, _, pcm, _) in run.Requests)
        {
            var (channel, parts) = call.Value.Find(MemoryMarshal.Cast<byte, short>(pcm));
            parts.ForEach(part => Array.Fill(sent[channel], true, part.Start, part.End - part.Start));
        }

        var (silence, sentSilence, onsetLoss) = (0, 0, new List<double>());
        for (var channel = 0; channel < 2; channel++)
        {
            var turns = TurnsOf((Speaker)channel).ToList();
            for (var i = 0; i < sent[channel].Length; i++)
            {
                var ms = i / 16;
                if (!turns.Exists(turn => turn.StartMs <= ms && ms < turn.EndMs))
                {
                    (silence, sentSilence) = (silence + 1, sentSilence + (sent[channel][i] ? 1 : 0));
                }
            }

            onsetLoss.AddRange(
                turns.Select(turn => (Array.IndexOf(sent[channel], true, Math.Max(0, (turn.StartMs - 100) * 16)) / 16.0) - turn.StartMs));
        }

        TestContext.Out.WriteLine(
            $"Silence transcribed: {100.0 * sentSilence / silence:0.0} %; first sample sent against the voice's beginning, ms: "
            + $"{string.Join(", ", onsetLoss.Select(loss => $"{loss:0}"))}");
        Assert.That(sentSilence, Is.LessThanOrEqualTo(0.05 * silence));
        Assert.That(onsetLoss, Is.All.LessThanOrEqualTo(30));
    }

    [Test]
    public void Words_without_punctuation_end_a_turn_within_600_ms()
    {
        run = new ListeningRun(call.Value) { Answer = WithoutPunctuation };
        run.Play(call.Value.Channels, clientSendsSpeechOnly ? Sends : null);
        run.Wait(TimeSpan.FromSeconds(10));

        var delays = EndDelays();

        TestContext.Out.WriteLine($"End of turn after its last sound, ms: {string.Join(", ", delays.Select(delay => $"{delay:0}"))}");
        Assert.That(delays, Has.Count.EqualTo(Turns.Count).And.All.LessThanOrEqualTo(600));
        Assert.That(run.Finals.Count(), Is.EqualTo(Turns.Count));
    }

    static string? WithoutPunctuation(byte[] pcm) =>
        string.Concat(call.Value.TextOf(MemoryMarshal.Cast<byte, short>(pcm))!.Where(letter => letter is not ('.' or ',' or '?')));

    /// <summary>From the end of each turn to the segment that ended it, in milliseconds.</summary>
    List<double> EndDelays() =>
    [
        .. Turns.Select(turn => run.Finals.Where(final => final.Words.Segment is { EndOfTurn: true } segment
                && string.Equals(segment.Speaker.ToString(), turn.Speaker, StringComparison.OrdinalIgnoreCase)
                && Math.Abs(segment.EndMs - turn.EndMs) < 100)
            .Select(final => final.At.TotalMilliseconds - turn.EndMs).First()),
    ];

    static bool Sends(Speaker speaker, int atMs) =>
        TurnsOf(speaker).Any(turn => turn.StartMs - ClientBeforeMs <= atMs && atMs < turn.EndMs + ClientAfterMs);

    static IEnumerable<TimelineTurn> TurnsOf(Speaker speaker) =>
        Turns.Where(turn => string.Equals(turn.Speaker, speaker.ToString(), StringComparison.OrdinalIgnoreCase));
}

using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>
/// Voices that no client has gated, in a room that is not quiet: judged by Silero, and by level and pitch for comparison.
/// </summary>
public sealed class UngatedVoiceTests
{
    static readonly Lazy<Recording> Call = new(() => Recording.Load(SharedData.Find("audio/sales-call.wav")));
    static readonly SpeechModel model = new();

    [TestCase(double.PositiveInfinity, 0.9)]
    [TestCase(10, 0.9)]
    [TestCase(0, 0.8)]
    public void A_voice_is_heard_through_noise(double noiseDb, double atLeast)
    {
        var silero = Hear(model, noiseDb);
        var own = Hear(null, noiseDb);

        TestContext.Out.WriteLine($"Noise {noiseDb} dB below the voice. Silero: {silero}; level and pitch: {own}");
        Assert.That(silero.TimeHeard, Is.GreaterThanOrEqualTo(atLeast));
        Assert.That(silero.Turns, Is.EqualTo(Call.Value.Turns.Count));
    }

    [Test]
    public void The_end_of_a_turn_is_detected_as_soon_as_by_level_and_pitch()
    {
        var (silero, own) = (Hear(model, double.PositiveInfinity), Hear(null, double.PositiveInfinity));

        TestContext.Out.WriteLine(
            $"End of turn, ms, Silero: {string.Join(", ", silero.Ends)}; level and pitch: {string.Join(", ", own.Ends)}");
        Assert.That(
            silero.Ends.Order().ElementAt(silero.Ends.Count / 2),
            Is.LessThanOrEqualTo(own.Ends.Order().ElementAt(own.Ends.Count / 2) + 10));
        Assert.That(silero.Ends, Is.All.LessThanOrEqualTo(400));
    }

    [Test]
    public void Noise_without_a_voice_is_not_transcribed([Values("white", "fan", "keyboard", "hum")] string kind)
    {
        var sounds = new Sounds(seed: 5);
        var run = new ListeningRun(model: model);

        run.Play([kind switch
        {
            "white" => sounds.White(30, rms: 3000),
            "fan" => sounds.Fan(30),
            "keyboard" => sounds.Keyboard(30),
            _ => sounds.Hum(30, 100, rectified: true),
        }]);
        run.Wait(TimeSpan.FromSeconds(5));

        Assert.That(run.Requests, Is.Empty);
    }

    [Test]
    public void A_voice_that_its_client_gated_does_not_run_the_model()
    {
        var speech = Call.Value.Channels[0][(56_400 * 16)..(57_650 * 16)];
        var detector = new UtteranceDetector(model);

        detector.Accept(Frame(speech, gated: true), TimeSpan.FromSeconds(2), toldAgain: false, language: null);
        Assert.That(detector.UsesModel, Is.False);

        detector.Accept(
            Frame(speech, gated: false) with { Number = 1, AtMs = 2000 }, TimeSpan.FromSeconds(4), toldAgain: false, language: null);
        Assert.That(detector.UsesModel, Is.True);
    }

    [Test, Explicit("Measures: run it alone, in Release, on a quiet machine.")]
    public void A_live_voice_costs_little()
    {
        var before = Environment.WorkingSet;
        using var fresh = new SpeechModel();
        var loaded = Environment.WorkingSet;
        var activity = new SileroActivity(fresh);
        var speech = Call.Value.Channels[1];
        var used = Environment.CpuUsage.TotalTime;
        for (var at = 0; at + VoiceActivity.HopSamples <= speech.Length; at += VoiceActivity.HopSamples)
        {
            activity.Process(speech.AsSpan(at, VoiceActivity.HopSamples));
        }

        TestContext.Out.WriteLine($"{(Environment.CpuUsage.TotalTime - used).TotalMilliseconds / (speech.Length / 16_000.0):0.0} ms of processor time a second of voice; "
            + $"{(loaded - before) >> 20} MiB for the model, {(Environment.WorkingSet - before) >> 20} after a run");
    }

    static AudioFrame Frame(short[] speech, bool gated) =>
        new(Speaker.Customer, 0, 0, MemoryMarshal.AsBytes(speech.AsSpan()).ToArray(), Gated: gated);

    static Heard Hear(SpeechModel? judge, double noiseDb)
    {
        var call = Call.Value;
        var run = new ListeningRun(model: judge) { Answer = _ => "Words." };
        var sounds = new Sounds(seed: 6);
        run.Play([.. call.Channels.Select((channel, i) => Noisy(channel, [.. TurnsOf((Speaker)i)], sounds, noiseDb))]);
        run.Wait(TimeSpan.FromSeconds(5));
        var (heardMs, allMs, turns, onsets, ends) = (0.0, 0.0, 0, new List<double>(), new List<double>());
        foreach (var turn in call.Turns)
        {
            var finals = run.Finals.Where(final => final.Words.Segment.Speaker == SpeakerOf(turn)
                && final.Words.Segment.EndMs > turn.StartMs && final.Words.Segment.StartMs < turn.EndMs).ToList();
            allMs += turn.EndMs - turn.StartMs;
            heardMs += finals.Sum(
                final => Math.Min(final.Words.Segment.EndMs, turn.EndMs) - Math.Max(final.Words.Segment.StartMs, turn.StartMs));
            if (finals.Count > 0)
            {
                turns++;
                onsets.Add(Math.Max(0, finals[0].Words.Segment.StartMs - turn.StartMs));
                ends.Add(Math.Round(finals[^1].At.TotalMilliseconds - turn.EndMs));
            }
        }

        return new Heard(heardMs / allMs, turns, onsets.DefaultIfEmpty().Average(), ends);
    }

    static short[] Noisy(short[] channel, TimelineTurn[] turns, Sounds sounds, double noiseDb)
    {
        if (double.IsPositiveInfinity(noiseDb))
        {
            return channel;
        }

        var power = turns.Average(
            turn => channel.AsSpan(turn.StartMs * 16, (turn.EndMs - turn.StartMs) * 16).ToArray()
                .Average(sample => (double)sample * sample));
        return Sounds.Add(channel, sounds.White(5, Math.Sqrt(power) * Math.Pow(10, -noiseDb / 20)));
    }

    static IEnumerable<TimelineTurn> TurnsOf(Speaker speaker) => Call.Value.Turns.Where(turn => SpeakerOf(turn) == speaker);

    static Speaker SpeakerOf(TimelineTurn turn) => Enum.Parse<Speaker>(turn.Speaker, ignoreCase: true);

    sealed record Heard(double TimeHeard, int Turns, double OnsetMs, List<double> Ends)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{TimeHeard:P0} of the turns' time, {Turns} turns, onset {OnsetMs:0} ms, end of turn {Ends.DefaultIfEmpty().Average():0} ms");
    }
}

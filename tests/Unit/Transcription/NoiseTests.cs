using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A model writes words even for noise; so it never gets any.</summary>
public sealed class NoiseTests
{
    static readonly Sounds sounds = new(seed: 1);

    static IEnumerable<TestCaseData> Noises =>
    [
        Case("silence", () => Sounds.Silence(30)),
        Case("a microphone's own noise", () => sounds.White(30, rms: 10)),
        Case("white noise", () => sounds.White(30, rms: 300)),
        Case("loud white noise", () => sounds.White(30, rms: 3000)),
        Case("white noise that begins", () => [.. Sounds.Silence(3), .. sounds.White(20, rms: 3000)]),
        Case("a fan", () => sounds.Fan(30)),
        Case("hum of 50 Hz", () => sounds.Hum(30, 50, rectified: false)),
        Case("hum of 60 Hz", () => sounds.Hum(30, 60, rectified: false)),
        Case("hum of 100 Hz", () => sounds.Hum(30, 100, rectified: false)),
        Case("a rectifier's hum that begins", () => [.. Sounds.Silence(5), .. sounds.Hum(20, 100, rectified: true)]),
        Case("a rectifier's hum of 120 Hz", () => sounds.Hum(30, 120, rectified: true)),
        Case("clicks", () => sounds.Clicks(30)),
    ];

    [TestCaseSource(nameof(Noises))]
    public void Noise_is_never_transcribed(Func<short[]> noise)
    {
        var run = new ListeningRun();

        run.Play([noise()]);
        run.Wait(TimeSpan.FromSeconds(5));

        Assert.That(run.Requests, Is.Empty);
    }

    [Test]
    public void Of_ten_minutes_of_typing_next_to_nothing_is_transcribed()
    {
        var run = new ListeningRun();

        run.Play([new Sounds(seed: 2).Keyboard(600)]);
        run.Wait(TimeSpan.FromSeconds(5));

        var sent = run.Requests.Sum(request => request.Pcm.Length / 32_000.0);
        TestContext.Out.WriteLine($"{run.Requests.Count} requests, {sent:0.0} s of 600 s");
        Assert.That(sent, Is.LessThan(0.01 * 600));
    }

    [TestCase(0.1)]
    [TestCase(0.3)]
    [TestCase(2)]
    public void A_quiet_or_a_loud_voice_is_heard(double gain) => AssertHeard(sample => sample * gain);

    [Test]
    public void A_voice_over_noise_is_heard()
    {
        var noise = new Sounds(seed: 3).White(10, rms: 150);
        AssertHeard((sample, at) => sample + noise[at % noise.Length]);
    }

    static void AssertHeard(Func<double, double> change) => AssertHeard((sample, _) => change(sample));

    static void AssertHeard(Func<double, int, double> change)
    {
        var call = Recording.Load(SharedData.Find("audio/sales-call.wav"));
        var run = new ListeningRun { Answer = _ => "Words." };

        run.Play(
            [
                .. call.Channels.Select(
                    channel => channel.Select((sample, at) => (short)Math.Clamp(change(sample, at), short.MinValue, short.MaxValue))
                        .ToArray()),
            ]);
        run.Wait(TimeSpan.FromSeconds(5));

        foreach (var turn in call.Turns)
        {
            var speaker = Enum.Parse<Speaker>(turn.Speaker, ignoreCase: true);
            var heard = run.Finals.Select(final => final.Words.Segment)
                .Where(segment => segment.Speaker == speaker && segment.EndMs > turn.StartMs && segment.StartMs < turn.EndMs).ToList();
            Assert.That(heard, Is.Not.Empty, turn.Text);
            Assert.That(heard[0].StartMs - turn.StartMs, Is.LessThan(250), turn.Text);
            Assert.That(turn.EndMs - heard[^1].EndMs, Is.LessThan(150), turn.Text);
        }
    }

    static TestCaseData Case(string name, Func<short[]> noise) => new TestCaseData(noise).SetArgDisplayNames(name);
}

using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>A voice that goes on and on.</summary>
public sealed class ContinuousSpeechTests
{
    [TestCase("bush")]
    [TestCase("jfk")]
    public void While_somebody_speaks_for_a_minute_new_words_come_every_second(string name)
    {
        var speech = Looped(name, seconds: 60);
        var run = new ListeningRun(Recording.Of(speech)) { Delay = TimeSpan.FromMilliseconds(300) };

        run.Play([speech]);
        run.Wait(TimeSpan.FromSeconds(3));

        var longest = VoicedStretches(speech).Max(stretch => LongestGap(stretch.Start, stretch.End, run));
        TestContext.Out.WriteLine(
            $"{run.Requests.Count} requests; longest time without words while the voice goes on: {longest:0} ms; {run.Finals.Count()} "
            + "segments");
        Assert.That(longest, Is.LessThanOrEqualTo(1000));
    }

    [TestCase(Speaker.Customer, 100, 400)]
    [TestCase(Speaker.Customer, 300, 600)]
    [TestCase(Speaker.Customer, 400, 600)]
    [TestCase(Speaker.Rep, 100, 900)]
    [TestCase(Speaker.Rep, 300, 700)]
    public void Words_on_which_an_answer_may_start_are_asked_for_more_often_while_the_transcriber_keeps_up(
        Speaker hurried, int takesMs, int everyMs)
    {
        var speech = Looped("jfk", seconds: 30);
        var run = new ListeningRun(Recording.Of(speech)) { Hurried = hurried, Delay = TimeSpan.FromMilliseconds(takesMs) };

        run.Play([speech]);

        var gaps = run.Requests.Zip(run.Requests.Skip(1)).Where(pair => !pair.Second.Asked.Final)
            .Select(pair => (pair.Second.At - pair.First.At).TotalMilliseconds);
        Assert.That(gaps.Min(), Is.EqualTo(everyMs).Within(ListeningRun.FrameMs));
    }

    [Test]
    public void A_voice_that_never_pauses_is_cut_before_Whispers_30_s_and_no_word_is_lost_or_doubled()
    {
        // One breathless sentence: the pauses are taken out of the recording. A little noise tells its rounds apart.
        var speech = Sounds.Add(Looped("jfk", 60), new Sounds(seed: 4).White(60, rms: 3));
        short[] breathless = [.. VoicedStretches(speech).SelectMany(stretch => speech[(stretch.Start * 16)..(stretch.End * 16)])];
        var run = new ListeningRun(Recording.Of(breathless)) { Delay = TimeSpan.FromMilliseconds(300) };

        run.Play([breathless]);
        run.Wait(TimeSpan.FromSeconds(3));

        Assert.That(run.Requests.Select(request => request.Pcm.Length / 32_000.0), Is.All.LessThan(26));
        var words = string.Join(' ', run.Finals.Select(final => final.Words.Segment.Text)).Split(' ').Select(int.Parse).ToList();
        Assert.That(words, Is.EqualTo(Enumerable.Range(words[0], words.Count)));
        Assert.That(words, Has.Count.GreaterThan(breathless.Length / 5600 * 0.95));
    }

    [Test]
    public void One_request_of_a_speaker_is_under_way_at_a_time()
    {
        var speech = Looped("bush", 60);
        var run = new ListeningRun(Recording.Of(speech)) { Delay = TimeSpan.FromMilliseconds(1700) };

        run.Play([speech]);

        for (var i = 1; i < run.Requests.Count; i++)
        {
            var (before, request) = (run.Requests[i - 1], run.Requests[i]);
            Assert.That(before.Cancellation.IsCancellationRequested || request.At >= before.At + run.Delay, $"{before.At} {request.At}");
        }
    }

    [Test]
    public void Firm_words_stay_what_they_were()
    {
        var speech = Looped("bush", 30);
        var run = new ListeningRun(Recording.Of(speech)) { Delay = TimeSpan.FromMilliseconds(300) };

        run.Play([speech]);

        foreach (var segment in run.Words.GroupBy(heard => heard.Words.Segment.SegmentId, heard => heard.Words, StringComparer.Ordinal))
        {
            var updates = segment.ToList();
            for (var i = 1; i < updates.Count; i++)
            {
                Assert.That(updates[i].Segment.Text, Does.StartWith(updates[i - 1].Segment.Text[..updates[i - 1].FirmChars]));
            }
        }

        Assert.That(run.Words.Any(heard => heard.Words is { Segment.Final: false, FirmChars: > 0 }));
    }

    [Test, NonParallelizable]
    public void Memory_stays_flat_over_two_hours()
    {
        var speech = Looped("bush", 60);
        var run = new ListeningRun { Answer = _ => "Some words.", Delay = TimeSpan.FromMilliseconds(300), KeepsPcm = false };
        long Live()
        {
            run.Words.Clear();
            run.Requests.Clear();
            run.Words.TrimExcess();
            run.Requests.TrimExcess();
            return GC.GetTotalMemory(forceFullCollection: true);
        }

        Speak(minutes: 5);
        var early = Live();
        Speak(minutes: 115);
        var late = Live();

        TestContext.Out.WriteLine($"After 5 minutes {early / 1024} KiB, after two hours {late / 1024} KiB");
        Assert.That(late - early, Is.LessThan(1 << 20));

        void Speak(int minutes)
        {
            const int Samples = ListeningRun.FrameMs * 16;
            for (var minute = 0; minute < minutes; minute++)
            {
                var startMs = (long)run.Time.Now.TotalMilliseconds;
                for (var at = 0; at + Samples <= speech.Length; at += Samples)
                {
                    run.Hear(Speaker.Customer, speech.AsSpan(at, Samples), startMs + (at / 16));
                }
            }
        }
    }

    [Test, Explicit("Measures: run it alone, in Release, on a quiet machine.")]
    public void A_live_stream_costs_little()
    {
        var speech = Looped("bush", 60);
        var transcriber = new FakeTranscriber { State = TranscriptionState.Ready };
        var transcription = new CallTranscription(transcriber);
        AudioFrame[] frames = [.. Enumerable.Range(0, speech.Length / 480)
            .Select(i => new AudioFrame(Speaker.Customer, i, i * 30, MemoryMarshal.AsBytes(speech.AsSpan(i * 480, 480)).ToArray()))];
        Hear(0);
        var (allocated, used) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        const int Rounds = 20;
        for (var round = 1; round <= Rounds; round++)
        {
            Hear(round);
        }

        var frame = (Environment.CpuUsage.TotalTime - used).TotalMicroseconds / (Rounds * frames.Length);
        TestContext.Out.WriteLine(
            $"{frame:0.0} µs a frame of 30 ms: {frame / 300:0.000} % of a core for a live stream; "
            + $"{(GC.GetAllocatedBytesForCurrentThread() - allocated) / (Rounds * frames.Length)} bytes allocated a frame");
        Assert.That(frame / 300, Is.LessThan(0.4));

        void Hear(int round)
        {
            foreach (var frame in frames)
            {
                transcription.Accept(
                    frame with { AtMs = frame.AtMs + (round * 60_000L) }, TimeSpan.FromMilliseconds(frame.AtMs + 30 + (round * 60_000L)));
            }
        }
    }

    static short[] Looped(string name, int seconds)
    {
        var speech = Recording.Load(SharedData.Find($"audio/{name}.wav")).Channels[0];
        return [.. Enumerable.Range(0, seconds * Recording.Rate).Select(i => speech[i % speech.Length])];
    }

    /// <summary>Where the voice goes on, pauses of 200 ms and more left out, in milliseconds.</summary>
    static List<(int Start, int End)> VoicedStretches(short[] speech)
    {
        var activity = new VoiceActivity();
        var stretches = new List<(int Start, int End)>();
        for (var hop = 0; (hop + 1) * VoiceActivity.HopSamples <= speech.Length; hop++)
        {
            var spoke = activity.Speaking;
            activity.Process(speech.AsSpan(hop * VoiceActivity.HopSamples, VoiceActivity.HopSamples));
            if (activity.Voiced && stretches.Count > 0 && (hop * 10) - stretches[^1].End < 200)
            {
                stretches[^1] = (stretches[^1].Start, (hop + 1) * 10);
            }
            else if (activity.Voiced)
            {
                stretches.Add((Math.Max(0, (hop + 1 - activity.OnsetHops) * 10), (hop + 1) * 10));
            }
        }

        return stretches;
    }

    /// <summary>The longest time within a stretch of voice in which no words came.</summary>
    static double LongestGap(int start, int end, ListeningRun run)
    {
        double[] updates = [.. run.Words.Select(heard => heard.At.TotalMilliseconds).Where(at => at > start && at < end)];
        return new[] { (double)start }.Concat(updates).Zip([.. updates, end], (from, to) => to - from).Max();
    }
}

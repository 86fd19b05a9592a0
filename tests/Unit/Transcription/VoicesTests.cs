using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Playbook;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>What becomes of a voice when its words are late, missing, or not wanted any more.</summary>
public sealed class VoicesTests
{
    static readonly Lazy<short[]> Speech = new(() =>
    {
        // "Makes sense." and a breath behind it.
        var call = Recording.Load(SharedData.Find("audio/sales-call.wav"));
        return call.Channels[0][(56_400 * 16)..(57_650 * 16)];
    });

    [Test]
    public void Words_are_asked_for_120_ms_after_the_voice_and_are_final_as_soon_as_the_silence_is_long_enough(
        [Values("Makes sense?", "Makes sense.")] string text, [Values(50, 200, 300)] int delayMs)
    {
        var run = new ListeningRun { Answer = _ => text, Delay = TimeSpan.FromMilliseconds(delayMs) };

        Say(run);

        var final = run.Finals.Single();
        var longEnough = Math.Max(text[^1] == '?' ? 200 : 330, 120 + delayMs);
        Assert.That((run.Requests[^1].At - final.Words.EndedAt).TotalMilliseconds, Is.InRange(120, 125));
        Assert.That((final.At - final.Words.EndedAt).TotalMilliseconds, Is.InRange(longEnough, longEnough + 5));
    }

    [Test]
    public void A_client_that_marks_the_end_of_speech_is_served_sooner()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense?", Delay = TimeSpan.Zero };
        SayFrames(run, Speech.Value.AsSpan(0, 35 * 480), markEnd: true);
        run.Wait(TimeSpan.FromSeconds(2));

        var final = run.Finals.Single();
        Assert.That((run.Requests[^1].At - final.Words.EndedAt).TotalMilliseconds, Is.LessThan(150));
    }

    [Test]
    public void A_mark_in_the_middle_of_a_voice_ends_nothing()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.FromMilliseconds(50) };
        var speech = Speech.Value;
        for (var i = 0; (i + 1) * 480 <= speech.Length; i++)
        {
            run.Hear(Speaker.Customer, speech.AsSpan(i * 480, 480), i * 30, endOfSpeech: i % 3 == 0);
        }

        run.Wait(TimeSpan.FromSeconds(2));

        Assert.That(run.Finals.Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_network_that_is_late_by_300_ms_in_the_middle_of_a_word_ends_nothing()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.FromMilliseconds(50) };
        var speech = Speech.Value;
        SayFrames(run, speech.AsSpan(0, 12 * 480), markEnd: false);
        run.Wait(TimeSpan.FromMilliseconds(300));
        for (var i = 12; (i + 1) * 480 <= speech.Length; i++)
        {
            run.Hear(Speaker.Customer, speech.AsSpan(i * 480, 480), i * 30);
        }

        run.Wait(TimeSpan.FromSeconds(2));

        Assert.That(run.Finals.Count(), Is.EqualTo(1));
    }

    [Test]
    public void A_speakers_segments_keep_their_order_however_long_the_transcriber_takes()
    {
        var count = 0;
        var run = new ListeningRun { Answer = _ => $"Sentence {++count}.", Delay = TimeSpan.FromSeconds(2) };

        Say(run, times: 3);

        Assert.That(run.Finals.Select(final => final.Words.Segment.StartMs), Is.Ordered);
        Assert.That(run.Finals.Count(), Is.EqualTo(3));
    }

    [Test]
    public void When_words_are_more_than_a_second_late_the_status_says_how_late_in_steps()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.FromSeconds(3) };
        var told = new List<(TranscriptionState State, long LagMs)>();

        SayFrames(run, Speech.Value, markEnd: true);
        for (var i = 0; i < 100; i++)
        {
            run.Wait(TimeSpan.FromMilliseconds(100));
            told.Add(run.Facts);
        }

        Assert.That(told.Distinct(), Is.EqualTo(new[]
        {
            (TranscriptionState.Ready, 0L), (TranscriptionState.Behind, 1000L), (TranscriptionState.Behind, 1500L), (
                TranscriptionState.Behind, 2000L),
            (TranscriptionState.Behind, 2500L), (TranscriptionState.Behind, 3000L),
        }));
        Assert.That(told[^1].State, Is.EqualTo(TranscriptionState.Ready));
    }

    [Test]
    public void A_transcriber_that_never_answers_holds_four_stretches_of_a_speaker_at_most()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.FromHours(1) };

        Say(run, times: 10);

        Assert.That(run.Requests.Count(request => !request.Cancellation.IsCancellationRequested), Is.EqualTo(1));
        Assert.That(
            run.Requests.Count(request => request.Cancellation.IsCancellationRequested),
            Is.GreaterThanOrEqualTo(10 - SpeechRequests.MostWaiting - 1));
    }

    [Test]
    public void Speech_that_could_not_be_transcribed_keeps_the_words_that_were_shown()
    {
        var asked = 0;
        var run = new ListeningRun { Answer = _ => asked++ == 0 ? "Makes" : null, Delay = TimeSpan.FromMilliseconds(50) };

        Say(run);

        Assert.That(run.Finals.Single().Words.Segment.Text, Is.EqualTo("Makes"));
    }

    [Test]
    public void Speech_that_became_no_words_is_no_segment()
    {
        var run = new ListeningRun { Answer = _ => "[Music]", Delay = TimeSpan.FromMilliseconds(50) };

        Say(run);

        Assert.That(run.Words, Is.Empty);
        Assert.That(run.Due, Is.Null);
    }

    [Test]
    public void What_is_under_way_ends_when_it_is_not_wanted_any_more()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.FromSeconds(1) };
        SayFrames(run, Speech.Value, markEnd: true);
        run.Wait(TimeSpan.FromMilliseconds(300));

        run.Clear();
        run.Wait(TimeSpan.FromSeconds(5));

        Assert.That(run.Requests.Select(request => request.Cancellation.IsCancellationRequested), Is.All.True);
        Assert.That(run.Words.Where(heard => heard.Words.Segment.Final), Is.Empty);
    }

    [Test]
    public void The_names_of_the_brief_help_the_transcriber()
    {
        var run = new ListeningRun(brief: CallBrief.Empty with { RepName = "Sam", CustomerName = "Lee", Product = "Northwind" }) { Answer = _ => "Makes sense." };

        Say(run);

        Assert.That(run.Requests.Select(request => request.Asked.Prompt), Is.All.EqualTo("Names: Sam, Lee, Northwind."));
    }

    [Test]
    public void Voices_that_nothing_transcribes_are_not_passed_over_in_silence()
    {
        var run = new ListeningRun { State = TranscriptionState.None };
        Assert.That(run.Facts, Is.EqualTo((TranscriptionState.None, 0L)));

        Say(run);

        Assert.That(run.Requests, Is.Empty);
        Assert.That(run.Facts, Is.EqualTo((TranscriptionState.Unavailable, 0L)));
    }

    [Test]
    public void Audio_that_comes_faster_than_it_was_spoken_is_parted_by_its_own_pauses()
    {
        var run = new ListeningRun { Answer = _ => "Makes sense.", Delay = TimeSpan.Zero };
        short[] three = [.. Enumerable.Range(0, 3).SelectMany(_ => Speech.Value.Concat(Sounds.Silence(1)))];

        run.Wait(TimeSpan.FromSeconds(20));
        SayFrames(run, three, markEnd: true, startMs: 0);
        run.Wait(TimeSpan.FromSeconds(5));

        Assert.That(run.Finals.Count(), Is.EqualTo(3));
    }

    static void Say(ListeningRun run, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            SayFrames(run, Speech.Value, markEnd: false);
            run.Wait(TimeSpan.FromSeconds(1));
        }

        run.Wait(TimeSpan.FromSeconds(10));
    }

    static void SayFrames(ListeningRun run, ReadOnlySpan<short> speech, bool markEnd, long? startMs = null)
    {
        var from = startMs ?? (long)run.Time.Now.TotalMilliseconds;
        for (var i = 0; (i + 1) * 480 <= speech.Length; i++)
        {
            run.Hear(Speaker.Customer, speech.Slice(i * 480, 480), from + (i * 30), markEnd && (i + 2) * 480 > speech.Length);
        }
    }
}

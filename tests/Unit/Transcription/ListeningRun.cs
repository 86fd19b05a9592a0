using System.Runtime.InteropServices;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Transcription;
using Teleprompter.Tests.ScriptedTranscriber;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Transcription;

/// <summary>
/// Both voices of a call on a clock that moves only when told to: frames come when their last sample was spoken, and a transcriber that
/// knows the recording answers after a time of its own.
/// </summary>
sealed class ListeningRun : ICallTranscriber
{
    public const int FrameMs = 30;

    readonly Recording? recording;
    readonly CallTranscription transcription;
    readonly PriorityQueue<SpeechTranscribed, TimeSpan> answers = new();
    readonly long[] numbers = new long[2];

    public ListeningRun(Recording? recording = null, CallBrief? brief = null, SpeechModel? model = null)
    {
        this.recording = recording;
        transcription = new CallTranscription(this, model);
        transcription.Attach(
            new CallTerms(null, () => brief ?? CallBrief.Empty),
            words => Words.Add((Time.Now, words)),
            pause => Pauses.Add((Time.Now, pause)),
            speaker => speaker == Hurried);
    }

    public ManualTimeProvider Time { get; } = new();

    public TranscriptionState State { get; set; } = TranscriptionState.Ready;

    /// <summary>On whose words answers start; nobody's while null.</summary>
    public Speaker? Hurried { get; init; }

    /// <summary>How long the transcriber takes.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>What it answers; by the recording unless set. Null for a failure.</summary>
    public Func<byte[], string?>? Answer { get; set; }

    public List<(TimeSpan At, HeardWords Words)> Words { get; } = [];

    public List<(TimeSpan At, HeardPause Pause)> Pauses { get; } = [];

    public List<(TimeSpan At, SpeechRequest Asked, byte[] Pcm, CancellationToken Cancellation)> Requests { get; } = [];

    public bool KeepsPcm { get; init; } = true;

    public IEnumerable<(TimeSpan At, HeardWords Words)> Finals => Words.Where(heard => heard.Words.Segment.Final);

    public (TranscriptionState State, long LagMs) Facts => transcription.Facts(Time.Now);

    public TimeSpan? Due => transcription.Due;

    void ICallTranscriber.Verify()
    {
    }

    void ICallTranscriber.Transcribe(SpeechRequest request, ReadOnlySpan<byte> pcm, CancellationToken cancellation)
    {
        byte[] copy = KeepsPcm ? pcm.ToArray() : [];
        Requests.Add((Time.Now, request, copy, cancellation));
        var text = Answer is null ? recording?.TextOf(MemoryMarshal.Cast<byte, short>(copy)) ?? "" : Answer(copy);
        answers.Enqueue(new SpeechTranscribed(request.Id, text), Time.Now + Delay);
    }

    /// <summary>Lets time pass: answers come, and deadlines.</summary>
    public void WaitUntil(TimeSpan until)
    {
        while (Next(until) is { } at)
        {
            Time.Advance(at > Time.Now ? at - Time.Now : TimeSpan.Zero);
            if (answers.TryPeek(out var answer, out var due) && due <= at)
            {
                answers.Dequeue();
                transcription.Accept(answer, Time.Now);
            }
            else
            {
                transcription.Elapse(Time.Now);
            }
        }

        Time.Advance(until > Time.Now ? until - Time.Now : TimeSpan.Zero);
    }

    public void Wait(TimeSpan time) => WaitUntil(Time.Now + time);

    /// <summary>One frame of a speaker, when its last sample has been spoken.</summary>
    public void Hear(
        Speaker speaker, ReadOnlySpan<short> samples, long atMs, bool endOfSpeech = false, long? number = null, bool toldAgain = false)
    {
        var frame = new AudioFrame(speaker, number ?? numbers[(int)speaker]++, atMs, MemoryMarshal.AsBytes(samples).ToArray(), endOfSpeech);
        WaitUntil(TimeSpan.FromMilliseconds(atMs) + frame.Duration());
        transcription.Accept(frame, Time.Now, toldAgain);
    }

    /// <summary>A recording's channels as they were spoken: rep and customer, or the customer alone.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="sends">Which moments of a channel the client sends; all of them when null.</param>
    public void Play(IReadOnlyList<short[]> channels, Func<Speaker, int, bool>? sends = null)
    {
        const int Samples = FrameMs * Recording.Rate / 1000;
        for (var at = 0; at + Samples <= channels[0].Length; at += Samples)
        {
            var atMs = at * 1000 / Recording.Rate;
            for (var i = 0; i < channels.Count; i++)
            {
                var speaker = channels.Count == 1 ? Speaker.Customer : (Speaker)i;
                if (sends?.Invoke(speaker, atMs) ?? true)
                {
                    Hear(speaker, channels[i].AsSpan(at, Samples), atMs, sends is not null && !sends(speaker, atMs + FrameMs));
                }
            }
        }
    }

    public void Clear() => transcription.Clear();

    public void Interrupt() => transcription.Interrupt(Time.Now);

    /// <summary>What the store has of an owner before this one.</summary>
    public void Remember(IEnumerable<TranscriptSegment> segments) => segments.ToList().ForEach(transcription.Remember);

    TimeSpan? Next(TimeSpan until)
    {
        var next = answers.TryPeek(out _, out var answer) ? answer : TimeSpan.MaxValue;
        next = transcription.Due < next ? transcription.Due.Value : next;
        return next <= until ? next : null;
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// The transcriber, as all calls of a worker share it: a bounded number of requests at once, a time limit for each, one retry for speech
/// that has ended and none for speech that still grows, and nobody waits for a transcriber that is down.
/// </summary>
/// <param name="transcriber">The engine; null where none is configured.</param>
/// <param name="speechModel">Judges voices that no client gated; null where level and pitch judge all.</param>
public sealed partial class TranscriptionService(
    IOptions<TranscriptionOptions> options,
    TimeProvider time,
    ILogger<TranscriptionService> logger,
    ITranscriber? transcriber = null,
    SpeechModel? speechModel = null) : IDisposable
{
    // Half a second of silence: nobody's voice.
    static readonly SpeechClip Probe = new(new byte[16_000], Final: false);

    /// <summary>An answer this old no longer tells that the transcriber is there.</summary>
    static readonly TimeSpan lately = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource stop = new();
    readonly SemaphoreSlim slots = new(options.Value.Slots);
    readonly TranscriberHealth health = new(time);

    /// <summary>It has answered silence: from then on, a failure there speaks against it.</summary>
    bool answersSilence;

    long askedAt = time.GetTimestamp();

    /// <summary><see cref="State"/> changed.</summary>
    public event EventHandler? StateChanged;

    /// <summary>Judges voices that no client gated; null where level and pitch judge all.</summary>
    public SpeechModel? SpeechModel => speechModel;

    /// <summary>Whether there is a transcriber, and it answers.</summary>
    public TranscriptionState State =>
        transcriber is null ? TranscriptionState.None : health.Resting ? TranscriptionState.Unavailable : TranscriptionState.Ready;

    /// <summary>Transcribes a stretch.</summary>
    /// <param name="cancellation">Ends it at once.</param>
    /// <returns>The words, as the engine gives them.</returns>
    /// <exception cref="TranscriptionException">No words could be had.</exception>
    public async Task<string> Transcribe(SpeechClip clip, CancellationToken cancellation)
    {
        using var record = TranscriptionTelemetry.Request(clip);
        try
        {
            var started = time.GetTimestamp();
            var text = await InTime(clip, cancellation);
            record.Answered(time.GetElapsedTime(started));
            return text;
        }
        catch (TranscriptionException fault)
        {
            record.Failed(fault.Failure);
            throw;
        }
    }

    /// <summary>Finds out in the background whether the transcriber answers, where nobody has asked it lately.</summary>
    public void Verify()
    {
        var asked = Volatile.Read(ref askedAt);
        if (State == TranscriptionState.Ready && time.GetElapsedTime(asked) > lately
            && Interlocked.CompareExchange(ref askedAt, time.GetTimestamp(), asked) == asked)
        {
            _ = Task.Run(() => Try(stop.Token), CancellationToken.None);
        }
    }

    /// <summary>Finds out whether the transcriber answers, which leaves it warm.</summary>
    public async Task Try(CancellationToken cancellation)
    {
        try
        {
            await InTime(Probe, cancellation);
            answersSilence = true;
        }
        catch (TranscriptionException fault) when (fault.Failure is TranscriptionFailure.Busy || (fault.ConcernsStretch && !answersSilence))
        {
            // Others ask it already; or it fails at silence, which says nothing about speech.
        }
        catch (TranscriptionException fault)
        {
            Fail(fault, atOnce: true);
        }
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        slots.Dispose();
    }

    async Task<string> InTime(SpeechClip clip, CancellationToken cancellation)
    {
        if (transcriber is null || (clip != Probe && !health.MayAsk()))
        {
            throw new TranscriptionException(TranscriptionFailure.Resting);
        }

        using var patience = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            if (!await slots.WaitAsync(clip.Final ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, either.Token))
            {
                throw new TranscriptionException(TranscriptionFailure.Busy);
            }

            try
            {
                return await Ask(transcriber, clip, either.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var late = new TranscriptionException(TranscriptionFailure.Timeout);
            Count(late, clip);
            throw late;
        }
    }

    async Task<string> Ask(ITranscriber engine, SpeechClip clip, CancellationToken cancellation)
    {
        for (var retries = clip.Final ? 1 : 0; ; retries--)
        {
            try
            {
                Volatile.Write(ref askedAt, time.GetTimestamp());
                var text = await engine.Transcribe(clip, cancellation);
                if (health.Answer())
                {
                    LogBack();
                    StateChanged?.Invoke(this, EventArgs.Empty);
                }

                return text;
            }
            catch (TranscriptionException fault)
            {
                Count(fault, clip);

                if (retries == 0 || fault.Failure is not (TranscriptionFailure.ServerError or TranscriptionFailure.Unreachable))
                {
                    throw;
                }
            }
        }
    }

    /// <summary>
    /// Counts a failure at speech against the transcriber; a refusal of one stretch says nothing, and one that is busy is well.
    /// </summary>
    void Count(TranscriptionException fault, SpeechClip clip)
    {
        if (clip != Probe && fault.Failure is not TranscriptionFailure.Busy
            && (fault.Failure is not TranscriptionFailure.Refused || !fault.ConcernsStretch))
        {
            Fail(fault);
        }
    }

    void Fail(TranscriptionException fault, bool atOnce = false)
    {
        if (health.Fail(atOnce))
        {
            LogRests(fault.Failure, fault.Status, fault.ServerSays is { } said ? $" The server says: {said.TrimEnd('.')}." : "");
            StateChanged?.Invoke(this, EventArgs.Empty);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The transcriber does not answer ({Failure}, status {Status}): voices become no words until it does.{Said} "
        + "Look at Transcription:Endpoint, Transcription:Model and Transcription:ApiKey, or at the model file.")]
    partial void LogRests(TranscriptionFailure failure, int? status, string said);

    [LoggerMessage(LogLevel.Information, "The transcriber answers again")]
    partial void LogBack();
}

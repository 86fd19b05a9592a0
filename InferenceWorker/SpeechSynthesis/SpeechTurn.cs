using System.Threading.Channels;
using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.SpeechSynthesis;

/// <summary>
/// One turn, clause by clause in its order: while one is sent, at most the next one is asked for. Frames leave no more than
/// <see cref="Lead"/> ahead of what is played, so that little is in vain when the listener interrupts.
/// </summary>
sealed class SpeechTurn : ISpeechTurn
{
    /// <summary>How much sound a listener has in advance: it bridges a bad network.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a client may play without a word of how far it is.</summary>
    public static readonly TimeSpan ListensFor = TimeSpan.FromSeconds(2);

    /// <summary>So much of a turn's end may be heard and not reported: a client reports twice a second how far it is.</summary>
    static readonly TimeSpan mayBeUnreported = TimeSpan.FromMilliseconds(750);

    /// <summary>How often it is checked whether the client has reported more.</summary>
    static readonly TimeSpan checkEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>From a frame's way to the listener's loudspeaker.</summary>
    static readonly TimeSpan onTheWay = TimeSpan.FromMilliseconds(250);

    // No longer than a turn, whose words are counted. Each clause is asked for by whoever brings it.
    readonly Channel<(int Start, int End, string Text)> clauses = Channel.CreateUnbounded<(int, int, string)>(
        new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });

    readonly SentSpeech sent = new();
    readonly string turnId;
    readonly string? voice;
    readonly SpeechStage stage;
    readonly Action<SpeechFrame> send;
    readonly CancellationToken cancellation;
    readonly CancellationTokenSource listening;
    readonly CancellationTokenSource over;
    string text = "";
    int written;
    int frames;
    long playedUntil;

    public SpeechTurn(string turnId, string? voice, SpeechStage stage, Action<SpeechFrame> send, CancellationToken cancellation)
    {
        (this.turnId, this.voice, this.stage, this.send, this.cancellation) = (turnId, voice, stage, send, cancellation);
        listening = NewTimer(stage.Time);
        over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, listening.Token);
        playedUntil = stage.Time.GetTimestamp();
    }

    public int Write(string text, bool ended)
    {
        // What was said cannot be taken back: words that replace it are text.
        var replaces = !text.AsSpan(0, Math.Min(written, text.Length)).SequenceEqual(this.text.AsSpan(0, written));
        if (!replaces)
        {
            this.text = text;
            while (ClauseSplitter.Next(text, written, ended) is > 0 and var end)
            {
                var start = written;
                written = end;
                clauses.Writer.TryWrite((start, end, text[start..end].Trim()));
            }
        }

        if (replaces || ended)
        {
            clauses.Writer.TryComplete();
        }

        return written;
    }

    public string Heard => sent.HeardOf(text);

    public void Report(TimeSpan played)
    {
        sent.Report(played);
        listening.CancelAfter(ListensFor);
    }

    /// <summary>Sends the turn's sound until it was played.</summary>
    /// <returns>Whether somebody listens: otherwise the turn was broken off.</returns>
    /// <exception cref="SynthesisException">A clause did not become sound; what was sent before stands.</exception>
    /// <exception cref="OperationCanceledException">The turn was stopped; the listener was told.</exception>
    public async Task<bool> Run()
    {
        var next = Open();
        try
        {
            while (await next is { } current)
            {
                next = Open();
                await using (current.Sound)
                {
                    await Send(current);
                }
            }

            End(SpeechEnd.Complete);
            await Delay(playedUntil, onTheWay);
            // A client that lost a frame plays no more of the turn, and reports no more.
            while (sent.Unreported > mayBeUnreported)
            {
                await Task.Delay(checkEvery, stage.Time, over.Token);
            }

            return true;
        }
        catch (SynthesisException)
        {
            End(SpeechEnd.Complete);
            throw;
        }
        catch (OperationCanceledException)
        {
            End(SpeechEnd.Stopped);
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            // A request that was ahead.
            Cancel(over);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (next is { IsCompletedSuccessfully: true, Result: { } ahead })
            {
                await ahead.Sound.DisposeAsync();
            }

            over.Dispose();
            listening.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Waits for a clause and for its first sound.</summary>
    /// <returns>Null behind the last one.</returns>
    async Task<OpenClause?> Open()
    {
        if (!await clauses.Reader.WaitToReadAsync(over.Token) || !clauses.Reader.TryRead(out var clause))
        {
            return null;
        }

        var sound = stage.Synthesizer.Speak(clause.Text, voice, over.Token).GetAsyncEnumerator(over.Token);
        try
        {
            return new OpenClause(clause.Start, clause.End, sound, await sound.MoveNextAsync());
        }
        catch (Exception fault)
        {
            await sound.DisposeAsync();
            if (fault is SynthesisException failure)
            {
                stage.Log.Report(failure);
            }

            throw;
        }
    }

    async Task Send(OpenClause clause)
    {
        var cutter = new FrameCutter();
        sent.Begin(clause.Start, clause.End);
        try
        {
            for (var more = clause.Spoken; more; more = await clause.Sound.MoveNextAsync())
            {
                foreach (var frame in cutter.Add(clause.Sound.Current.Span))
                {
                    await Send(frame);
                }
            }
        }
        catch (SynthesisException failure)
        {
            stage.Log.Report(failure);
            throw;
        }

        if (cutter.Rest() is { Length: > 0 } rest)
        {
            await Send(rest);
        }

        sent.Complete();
    }

    async Task Send(byte[] pcm)
    {
        await Delay(playedUntil, -Lead);
        over.Token.ThrowIfCancellationRequested();
        if (frames == 0)
        {
            listening.CancelAfter(ListensFor);
        }

        var frame = new SpeechFrame(turnId, frames++, pcm);
        var now = stage.Time.GetTimestamp();
        playedUntil = Math.Max(playedUntil, now) + (long)(frame.Duration().TotalSeconds * stage.Time.TimestampFrequency);
        sent.Add(frame.Duration());
        send(frame);
    }

    void End(SpeechEnd end)
    {
        if (frames > 0)
        {
            send(new SpeechFrame(turnId, frames++, [], end));
        }
    }

    Task Delay(long until, TimeSpan after)
    {
        var wait = stage.Time.GetElapsedTime(stage.Time.GetTimestamp(), until) + after;
        return wait > TimeSpan.Zero ? Task.Delay(wait, stage.Time, over.Token) : Task.CompletedTask;
    }

    // Not disposed of: a report may come after the end.
    static CancellationTokenSource NewTimer(TimeProvider time) => new(Timeout.InfiniteTimeSpan, time);

    // At once, not on another thread: the requests must be closed when this is over.
    static void Cancel(CancellationTokenSource source) => source.Cancel();

    sealed record OpenClause(int Start, int End, IAsyncEnumerator<ReadOnlyMemory<byte>> Sound, bool Spoken);
}

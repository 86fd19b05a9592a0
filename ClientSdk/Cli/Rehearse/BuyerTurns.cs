using System.Diagnostics;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>What the buyer of a rehearsal has said, and how soon after the rep's last word. Thread-safe.</summary>
sealed class BuyerTurns
{
    readonly Lock sync = new();
    readonly HashSet<string> begun = new(StringComparer.Ordinal);
    readonly List<double> answerMs = [];
    TaskCompletionSource spoken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long? repEndedAt;

    /// <summary>How many turns the buyer has finished.</summary>
    public int Count { get; private set; }

    /// <summary>How often it has cut the rep off.</summary>
    public int CutOffs { get; private set; }

    /// <summary>From the rep's last word to the buyer's first words, for each answer, in milliseconds.</summary>
    public IReadOnlyList<double> AnswerMs
    {
        get
        {
            lock (sync)
            {
                return [.. answerMs];
            }
        }
    }

    /// <summary>The rep's last word of a turn is sent.</summary>
    public void RepEnds()
    {
        lock (sync)
        {
            repEndedAt = Stopwatch.GetTimestamp();
        }
    }

    public void Add(CallEvent callEvent)
    {
        lock (sync)
        {
            switch (callEvent)
            {
                case RepCutOff:
                    CutOffs++;
                    repEndedAt = null;
                    break;
                case TranscriptUpdated { Speaker: Speaker.Customer } words:
                    if (begun.Add(words.SegmentId) && repEndedAt is { } ended)
                    {
                        answerMs.Add(Stopwatch.GetElapsedTime(ended).TotalMilliseconds);
                        repEndedAt = null;
                    }

                    if (words.Final)
                    {
                        Count++;
                        spoken.TrySetResult();
                        spoken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    }

                    break;
                case CallEnded:
                    spoken.TrySetResult();
                    break;
            }
        }
    }

    /// <summary>Waits until the buyer has spoken again, the call is over, or so long.</summary>
    public async Task Next(TimeSpan patience, CancellationToken stop)
    {
        Task next;
        lock (sync)
        {
            next = spoken.Task;
        }

#pragma warning disable VSTHRD003 // Set by the reader of the events, which waits for nobody here.
        await next.WaitAsync(patience, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
#pragma warning restore VSTHRD003
        stop.ThrowIfCancellationRequested();
    }
}

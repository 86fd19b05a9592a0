using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Answering;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(10_000)]
public sealed class DeltaMergerTests
{
    static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    readonly ManualTimeProvider clock = new();
    readonly Channel<AnswerPart> deltas = Channel.CreateUnbounded<AnswerPart>();

    [Test]
    public async Task The_first_delta_leaves_at_once(CancellationToken cancellation)
    {
        await using var merged = Merged(cancellation);
        Assert.That(await Next(merged, "That"), Is.EqualTo("That"));
    }

    [Test]
    public async Task Deltas_within_the_window_leave_together_when_it_ends(CancellationToken cancellation)
    {
        await using var merged = Merged(cancellation);
        await Next(merged, "That");
        var next = merged.MoveNextAsync();
        foreach (var delta in new[] { " is", " fair", "," })
        {
            deltas.Writer.TryWrite(new AnswerPart(delta));
        }

        await Drained(cancellation);
        clock.Advance(Window - TimeSpan.FromMilliseconds(1));
        Assert.That(next.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await next, Is.True);
        Assert.That(merged.Current, Is.EqualTo(" is fair,"));
    }

    [Test]
    public async Task A_delta_after_a_quiet_window_leaves_at_once(CancellationToken cancellation)
    {
        await using var merged = Merged(cancellation);
        foreach (var delta in new[] { "That", " is", " fair" })
        {
            Assert.That(await Next(merged, delta), Is.EqualTo(delta));
            clock.Advance(Window);
        }
    }

    [Test]
    public async Task The_end_flushes_what_is_left(CancellationToken cancellation)
    {
        await using var merged = Merged(cancellation);
        await Next(merged, "That");
        deltas.Writer.TryWrite(new AnswerPart(" is"));
        deltas.Writer.TryWrite(new AnswerPart(" fair."));
        deltas.Writer.Complete();
        Assert.That(await merged.MoveNextAsync(), Is.True);
        Assert.That(merged.Current, Is.EqualTo(" is fair."));
        Assert.That(await merged.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task Text_before_a_failure_leaves_before_the_failure(CancellationToken cancellation)
    {
        await using var merged = Merged(cancellation);
        await Next(merged, "That");
        deltas.Writer.TryWrite(new AnswerPart(" is"));
        deltas.Writer.Complete(new ModelException(ModelFailure.Stalled));
        Assert.That(await merged.MoveNextAsync(), Is.True);
        Assert.That(merged.Current, Is.EqualTo(" is"));
        Assert.That(async () => await merged.MoveNextAsync(), Throws.TypeOf<ModelException>());
    }

    [Test]
    public async Task Leaving_ends_the_source_even_while_it_waits()
    {
        var ended = new TaskCompletionSource();
        await foreach (var _ in Endless(ended).Merge(Window, clock))
        {
            break;
        }

        Assert.That(ended.Task.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task A_cancel_ends_it_and_sends_nothing_more()
    {
        using var cancel = new CancellationTokenSource();
        await using var merged = Merged(cancel.Token);
        await Next(merged, "That");
        var next = merged.MoveNextAsync();
        deltas.Writer.TryWrite(new AnswerPart(" is"));
        await cancel.CancelAsync();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
    }

    static async IAsyncEnumerable<AnswerPart> Endless(
        TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            yield return new AnswerPart("That");
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            ended.SetResult();
        }
    }

    IAsyncEnumerator<string> Merged(CancellationToken cancellation) =>
        deltas.Reader.ReadAllAsync(cancellation).Merge(Window, clock, cancellation).Select(part => part.Text)
            .GetAsyncEnumerator(cancellation);

    async Task<string> Next(IAsyncEnumerator<string> merged, string delta)
    {
        deltas.Writer.TryWrite(new AnswerPart(delta));
        await merged.MoveNextAsync();
        return merged.Current;
    }

    /// <summary>The merger has taken every delta written so far.</summary>
    async Task Drained(CancellationToken cancellation)
    {
        while (deltas.Reader.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

using System.IO.Pipelines;
using System.Text;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Models;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(10_000)]
public sealed class AnswerReaderTests
{
    static readonly ModelPrompt Prompt = new([new PromptMessage(PromptRole.User, "How much is it?")], MaxTokens: 150);

    readonly ManualTimeProvider clock = new();
    readonly Pipe body = new();

    [Test]
    public async Task First_words_are_said_at_once(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write("That");
        Assert.That((await answer.Next())!.Text, Is.EqualTo("That"));
        await Complete();
    }

    [Test]
    public async Task Words_within_a_window_are_said_together_when_it_ends(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write("That");
        await answer.Next();
        var next = answer.Next();
        await Write(" is");
        await Write(" fair,");
        clock.Advance(ReadPace.Window - TimeSpan.FromMilliseconds(1));
        Assert.That(next.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That((await next)!.Text, Is.EqualTo(" is fair,"));
        await Complete();
    }

    [Test]
    public async Task Words_after_a_quiet_window_are_said_at_once(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write("That");
        await answer.Next();
        var next = answer.Next();
        clock.Advance(ReadPace.Window);
        Assert.That(next.IsCompleted, Is.False);
        await Write(" is");
        Assert.That((await next)!.Text, Is.EqualTo(" is"));
        await Complete();
    }

    [Test]
    public async Task A_server_that_writes_much_in_a_window_is_not_held_up(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write("That");
        await answer.Next();
        var much = string.Concat(Enumerable.Repeat(" word", 1000));
        var next = answer.Next();
        await Write(much);
        clock.Advance(ReadPace.Window);
        Assert.That((await next)!.Text, Is.EqualTo(much));
        await Complete();
    }

    [Test]
    public async Task The_end_waits_for_no_window(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write("That is fair.");
        await answer.Next();
        var next = answer.Next();
        await Write(" Really.", "\"stop\"");
        clock.Advance(ReadPace.Window);
        Assert.That((await next)!.Text, Is.EqualTo(" Really."));
        var end = answer.Next();
        await body.Writer.WriteAsync("data: [DONE]\n\n"u8.ToArray(), cancellation);
        await body.Writer.CompleteAsync();
        Assert.That(await end, Is.Null);
    }

    [Test]
    public async Task Words_before_an_error_are_said_before_it(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write(
            Chunk("That") + Chunk(" is") + "data: {\"error\":{\"message\":\"overloaded\",\"code\":503}}\n\n", cancellation);
        Assert.That((await answer.Next())!.Text, Is.EqualTo("That is"));
        Assert.That(async () => await answer.Next(), Throws.TypeOf<ModelException>());
    }

    [Test]
    public async Task Words_before_a_break_are_said_before_it(CancellationToken cancellation)
    {
        await using var answer = Answer(cancellation);
        await Write(Chunk("That") + "data: {\"choices\":[{\n\n", cancellation);
        Assert.That((await answer.Next())!.Text, Is.EqualTo("That"));
        Assert.That(async () => await answer.Next(), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public async Task It_can_be_left_while_it_waits()
    {
        using var cancel = new CancellationTokenSource();
        var answer = Answer(cancel.Token);
        await Write("That");
        await answer.Next();
        var next = answer.Next();
        await cancel.CancelAsync();
        Assert.That(async () => await next, Throws.InstanceOf<OperationCanceledException>());
        await answer.DisposeAsync();
    }

    // A reader that is left waits for what it has asked of the body, which is read a window later.
    [TearDown]
    public async Task Complete()
    {
        await body.Writer.CompleteAsync();
        clock.Advance(ReadPace.Window);
    }

    static string Chunk(string words, string finish = "null") =>
        $$"""data: {"choices":[{"delta":{"content":"{{words}}"},"finish_reason":{{finish}}}]}""" + "\n\n";

    AnswerReader Answer(CancellationToken cancellation) =>
        new(Prompt, body.Reader.AsStream(), opensInThought: false, clock, cancellation, cancellation);

    async Task Write(string words, string finish = "null") =>
        await Write(Chunk(words, finish), CancellationToken.None);

    async Task Write(string text, CancellationToken cancellation) =>
        await body.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
}

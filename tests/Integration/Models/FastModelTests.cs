using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Models;

/// <summary>The model "small" is the faster one.</summary>
[CancelAfter(60_000)]
public sealed class FastModelTests
{
    static readonly ModelScript Fast = new() { FirstToken = TimeSpan.Zero, TokenPace = TimeSpan.FromMilliseconds(1) };

    [Test]
    public async Task While_turns_are_pending_the_faster_model_writes_and_a_moment_later_the_usual_one_again()
    {
        await using var test = await ModelUnderTest.Start(
            Fast, ("Model:FastName", "small"), ("Model:FastFor", "00:00:00.3"), ("Model:FastAbove", "00:00:10"), ("Admission:Slots", "1"));
        Assert.That(await Writer(test), Is.EqualTo("scripted"));

        var granted = test.Gate.Ask("call-1", _ => { });
        var pending = test.Gate.Ask("call-2", _ => { });
        Assert.That(await Writer(test), Is.EqualTo("small"));

        test.Gate.Release(granted);
        test.Gate.Release(pending);
        while (await Writer(test) == "small")
        {
        }

        Assert.That(test.Requests[^1].Model, Is.EqualTo("scripted"));
    }

    [Test]
    public async Task Where_the_usual_models_first_words_are_over_budget_the_faster_model_writes()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { FirstToken = TimeSpan.FromMilliseconds(40) },
            ("Model:FastName", "small"), ("Model:FastAbove", "00:00:00.02"), ("Model:HedgeExtra", "0"));
        for (var suggestion = 0; suggestion < 8; suggestion++)
        {
            Assert.That(await Writer(test), Is.EqualTo("scripted"));
        }

        Assert.That(await Writer(test), Is.EqualTo("small"));
    }

    [Test]
    public async Task Where_the_faster_model_fails_the_usual_one_answers()
    {
        await using var test = await ModelUnderTest.Start(
            Fast with { Fault = ModelFault.Status, FaultModel = "small" }, ("Model:FastName", "small"), ("Admission:Slots", "1"));
        test.Gate.Ask("call-1", _ => { });
        test.Gate.Ask("call-2", _ => { });
        Assert.That(await Writer(test), Is.EqualTo("scripted"));
        Assert.That(test.Requests.Select(request => request.Model), Is.EqualTo(new[] { "small", "scripted" }));
    }

    /// <summary>Asks, and reads who answered from the answer's parts.</summary>
    static async Task<string?> Writer(ModelUnderTest test)
    {
        string? writer = null;
        await foreach (var part in test.Model.Stream(ModelUnderTest.Prompt, CancellationToken.None))
        {
            writer ??= part.Model;
        }

        return writer;
    }
}

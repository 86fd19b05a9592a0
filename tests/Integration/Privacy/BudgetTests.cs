using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Privacy;

/// <summary>What becomes of a call whose person has spent the day's budget.</summary>
[CancelAfter(120_000)]
public sealed class BudgetTests
{
    const string Price = "Honestly, that is more expensive than we expected.";

    [TestCase("UserSuggestions", "1")]
    [TestCase("TeamTokens", "50")]
    public async Task A_budget_that_is_spent_at_one_gateway_is_spent_at_all_and_the_playbook_answers(
        string budget, string limit, CancellationToken cancellationToken)
    {
        await using var redis = await RedisServer.Start();
        await using var model = await ScriptedModelServer.StartAsync(cancellation: cancellationToken);
        string[] settings =
            [$"--Budget:{budget}={limit}", $"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:ApiKey=none"];
        await using var one = await RunningGateway.Start(redis.Port, settings);
        await using var other = await RunningGateway.Start(redis.Port, settings);

        await using var first = await HubClient.Connect(one);
        await first.Start();
        await first.Say("1", Price);
        Assert.That((await first.Until<TurnSettled>(cancellationToken)).Reason, Is.EqualTo(SettleReason.ByModel));

        // The store may have said so before the turn had its outcome.
        if (!first.Heard.OfType<StatusChanged>().Any(IsOverBudget))
        {
            await first.Until<StatusChanged>(IsOverBudget, cancellationToken);
        }

        await using var second = await HubClient.Connect(other);
        await second.Start();
        await second.Until<StatusChanged>(IsOverBudget, cancellationToken);
        var asked = model.Requests.All.Count;
        await second.Say("1", Price);
        Assert.That((await second.Until<TurnSettled>(cancellationToken)).Reason, Is.EqualTo(SettleReason.ByPlaybook));
        Assert.That(second.Heard.OfType<CardShown>().Single().CardId, Is.EqualTo("price-too-high"));
        Assert.That(second.Heard.OfType<SuggestionCompleted>().Single().Source, Is.EqualTo(SuggestionSource.Playbook));
        Assert.That(model.Requests.All, Has.Count.EqualTo(asked), "nothing is asked of the model any more");
    }

    static bool IsOverBudget(StatusChanged changed) => changed.Status is { Model: ModelState.OverBudget, Thinking: false };
}

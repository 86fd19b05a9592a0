using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What reps see when a gateway dies or freezes.</summary>
public sealed class GatewayFaultTests : FaultTest
{
    [Test]
    public async Task Clients_of_a_killed_gateway_are_back_on_the_other_within_five_seconds()
    {
        var clients = await CallsMidSuggestion(20);
        var its = clients.Where((_, i) => i % 2 == 0).ToList();

        var killed = Now;
        await Fleet.Gateways[0].Kill();

        var back = await Back(its, killed, Patience);
        Tell("back after SIGKILL of the gateway", back);
        AssertWithin(5000, P95(back), killed);
        Fleet.Model.Script = Fast;
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task Clients_of_a_frozen_gateway_are_back_on_the_other()
    {
        var clients = await CallsMidSuggestion(10);
        var its = clients.Where((_, i) => i % 2 == 0).ToList();

        var frozen = Now;
        Fleet.Gateways[0].Freeze();

        // Four seconds pass before silence tells a client anything.
        var back = await Back(its, frozen, Patience);
        Tell("back after SIGSTOP of the gateway", back);
        AssertWithin(4000 + 5000, P95(back), frozen);
        Fleet.Gateways[0].Thaw();
        Fleet.Model.Script = Fast;
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    [Test]
    public async Task The_last_message_before_a_silence_is_missed_and_repaired_within_a_second_and_a_half()
    {
        var client = (await Fleet.Connect(1))[0];
        Fleet.Model.Script = Fast;
        await client.Answered(Patience);
        double? lost = null;
        Fleet.Gateways[0].RedisLink.Loses = (channel, payload) =>
        {
            if (
                channel != $"tp:call:{client.Ticket!.CallId}" || (
                    lost is null && !payload.Contains("suggestionCompleted", StringComparison.Ordinal)))
            {
                return false;
            }

            lost ??= Now;
            return !payload.Contains("\"restored\"", StringComparison.Ordinal);
        };

        client.Ask();
        await Poll.Until(() => lost is not null, Patience, "the last words are lost");
        var repaired = await client.Until<Restored>(_ => true, lost!.Value, Patience, "a snapshot comes") - lost.Value;

        Tell("repaired after a lost last message", [repaired]);
        AssertWithin(1500, repaired, lost.Value);
        Fleet.Gateways[0].RedisLink.Clear();
        await Fleet.AssertNothingBroke();
    }
}

using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>What reps see when the model fails.</summary>
public sealed class ModelFaultTests : FaultTest
{
    static readonly TimeSpan EachFor = TimeSpan.FromSeconds(1.2);

    [Test]
    public async Task Whatever_the_model_does_at_whatever_point_every_turn_has_one_outcome()
    {
        Fleet.Model.Script = Fast;
        var clients = await Fleet.Connect(10);
        clients.ToList().ForEach(client => client.Talk(TimeSpan.FromSeconds(1.5)));

        foreach (var fault in Enum.GetValues<ModelFault>())
        {
            Fleet.Model.Script = Fast with { Fault = fault, FaultRate = 0.5, StallFor = TimeSpan.FromSeconds(3) };
            await Task.Delay(EachFor);
        }

        await Task.WhenAll(clients.Select(client => client.Hush()));
        Fleet.Model.Script = Fast;
        await Poll.Until(() => clients.All(EveryTurnIsSettled), Patience, "every turn is settled");
        await Fleet.EveryCallAnswers(Patience);
        await Fleet.AssertNothingBroke();
    }

    static bool EveryTurnIsSettled(FaultClient client)
    {
        var settled = client.Sightings.OfType<Saw>().Select(saw => saw.Event).OfType<TurnSettled>().Select(turn => turn.TurnId)
            .ToHashSet(StringComparer.Ordinal);
        return client.Said.All(final => settled.Contains(final.Segment.SegmentId));
    }
}

using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.SignIn;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A test of rehearsals on a fleet of their own, in which reps sign in.</summary>
public abstract class RehearsalFaultTest : FaultTest
{
    /// <summary>The buyer speaks for four seconds.</summary>
    private protected static readonly ModelScript Speaking = new()
    {
        Numbered = true,
        Text = "Well, that is a third more than we pay today, so show me where the money comes from before I sign it.",
        TokenPace = TimeSpan.FromMilliseconds(200),
    };

    /// <summary>The buyer speaks for longer than a rep who is away is waited for, or a killed worker.</summary>
    private protected static readonly ModelScript SpeakingSlowly = Speaking with { TokenPace = TimeSpan.FromMilliseconds(500) };

    static readonly StartCallRequest rehearsal = new(Rehearsal: new RehearsalRequest("ruth-vale"));

    private protected override Task<Fleet> TheFleet() => RehearsalFleet.Get();

    /// <summary>A rep to whom the buyer has just opened the call.</summary>
    private protected Task<RehearsingRep> Rep(params IReadOnlyList<FleetProcess> gateways) => Rep(rehearsal, gateways);

    /// <summary>A rep to whom the buyer has just opened the call, as the request wants it.</summary>
    private protected async Task<RehearsingRep> Rep(StartCallRequest request, params IReadOnlyList<FleetProcess> gateways)
    {
        Uri[] addresses = [.. (gateways.Count > 0 ? gateways : Fleet.Gateways).Select(gateway => gateway.DoorAddress)];
        var rep = new RehearsingRep(await Fleet.ConnectTo(addresses, new() { Request = request, TicketOf = Ticket }));
        Assert.That((await rep.Turn(1, ended: true)).Text, Is.EqualTo(RehearsalFleet.Opening));
        await rep.Until(() => Task.FromResult(rep.Screen.Status.Model == ModelState.Ready), "the model does not rest from a test before");
        return rep;
    }

    /// <summary>A rep at the first gateway whom the buyer is just answering, and the words so far.</summary>
    private protected async Task<(RehearsingRep Rep, SegmentView Turn)> RepMidTurn(
        ModelScript script, params IReadOnlyList<FleetProcess> gateways)
    {
        var rep = await Rep(gateways);
        Fleet.Model.Script = script;
        rep.Say("It is forty thousand pounds in a year, with the training.");
        return (rep, await rep.Turn(2, ended: false));
    }

    /// <summary>What the model was asked to say as the buyer.</summary>
    private protected IReadOnlyList<ModelRequest> BuyerStreams() =>
        [.. Fleet.Model.Requests.All.Where(request => request.Texts[0].Contains("You are Ruth Vale", StringComparison.Ordinal))];

    /// <summary>Why a gateway does not let the same rep begin another rehearsal.</summary>
    private protected static async Task<string> RefusalOfAnother(FleetProcess gateway)
    {
        var ticket = await Ticket(gateway.Address);
        await using var hub = Hubs.Connection(new Uri(gateway.Address, "/hubs/call"), ticket: ticket).Build();
        await hub.StartAsync();
        return (await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<StartCallReply>("StartCall", rehearsal)))!.Message;
    }

    /// <summary>The same buyer answers the rep once more, and no promise was broken in the whole rehearsal.</summary>
    private protected async Task GoesOn(RehearsingRep rep, bool storeWasAway = false)
    {
        Fleet.Model.Script = Fast;
        var turns = rep.Turns.Count;
        rep.Say("You save ninety hours a month, which is two people.");
        await rep.Turn(turns + 1, ended: true);
        await rep.Until(async () => Finals(await Kept(rep)).SetEquals(OnScreen(rep)), "what the screen shows is what is kept");

        var kept = await Kept(rep);
        Assert.Multiple(() =>
        {
            Assert.That(RehearsalChecker.Violations(rep.Client.Sightings, storeWasAway), Is.Empty);
            Assert.That(rep.Screen.Rehearsal!.Persona.Name, Is.EqualTo("Ruth Vale"));
            Assert.That(rep.Turns.Count(turn => turn.Text == RehearsalFleet.Opening), Is.EqualTo(1), "The buyer opens once.");
            Assert.That(kept.OfType<RehearsalBegan>().Distinct(), Has.Exactly(1).Items);
            Assert.That(PersonasPlayed(rep), Has.Exactly(1).Items);
        });
        await Fleet.AssertNothingBroke(untold: storeWasAway);
    }

    static async Task<string?> Ticket(Uri gateway) => await SignInClient.TicketOf(gateway, await RehearsalFleet.SignIn.AccessToken("ann"));

    async Task<IReadOnlyList<CallInput>> Kept(RehearsingRep rep) => (await Fleet.Stored(rep.Client))!.Entries;

    static HashSet<(string, string)> Finals(IEnumerable<CallInput> kept) =>
        [.. kept.OfType<SegmentHeard>().Select(heard => (heard.Segment.SegmentId, heard.Segment.Text))];

    static IEnumerable<(string, string)> OnScreen(RehearsingRep rep) =>
        rep.Screen.Segments.Where(segment => segment.Final).Select(segment => (segment.SegmentId, segment.Text));

    /// <summary>As whom the model was to speak to a rep.</summary>
    HashSet<string> PersonasPlayed(RehearsingRep rep) =>
    [
        .. BuyerStreams().Where(stream => stream.ReceivedMs > rep.Client.Sightings[0].AtMs).Select(stream => stream.Texts[0]),
    ];
}

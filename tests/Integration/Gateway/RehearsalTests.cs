using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Calls;
using Teleprompter.Gateway.Placement;
using Teleprompter.Gateway.Rehearsals;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.Integration.SignIn;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>Rehearsals through the real gateway and its worker, without a model.</summary>
[CancelAfter(60_000)]
public sealed class RehearsalTests
{
    static readonly StartCallRequest Rehearsal = new(Rehearsal: new RehearsalRequest("finance-director"));

    [Test]
    public async Task The_personas_are_listed_and_one_opens_the_call_and_answers_the_rep(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        using var http = new HttpClient();
        var personas = await http.GetFromJsonAsync<PersonaView[]>(new Uri(gateway.Address, "/personas"), cancellationToken);
        Assert.That(personas, Has.Length.EqualTo(6));

        await using var client = await HubClient.Connect(gateway);
        await client.Start(Rehearsal);
        var restored = await client.Until<Restored>(cancellationToken);
        Assert.That(restored.Rehearsal!.Persona, Is.EqualTo(personas!.Single(persona => persona.PersonaId == "finance-director")));
        await Buyer(client, cancellationToken);
        await client.Say("r1", "We take ten percent off the licence today.", Speaker.Rep);
        var answer = await Buyer(client, cancellationToken);
        Assert.That(answer.Text, Is.EqualTo("That is a third more than we pay today. Why would I sign that?"));
    }

    [Test]
    public async Task A_rehearsal_is_taken_up_with_the_same_buyer_its_words_and_its_cut_offs(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        StartCallReply reply;
        CutOff cutOff;
        await using (var client = await HubClient.Connect(gateway))
        {
            reply = await client.Start(Rehearsal);
            await Buyer(client, cancellationToken);
            var early = new TranscriptSegment("r1", Speaker.Rep, "This is an", Final: false);
            var late = early with { Text = "This is an investment in your future" };
            await client.Invoke("SendTranscript", early);
            cutOff = await CutOff(client, late, cancellationToken);
            await Buyer(client, cancellationToken);
        }

        await using var again = await HubClient.Connect(gateway);
        var resumed = await again.Start(new(Resume: new ResumeRequest(reply.CallId, reply.ResumeToken)));
        var restored = await again.Until<Restored>(cancellationToken);
        Assert.Multiple(() =>
        {
            Assert.That(resumed.Resumed);
            Assert.That(restored.Rehearsal!.Persona.Name, Is.EqualTo("Helena Marsh"));
            Assert.That(restored.Rehearsal.CutOffs, Is.EqualTo(new[] { cutOff }));
            Assert.That(restored.Segments.Count(segment => segment.Speaker == Speaker.Customer), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Without_a_worker_a_rehearsal_is_refused_for_that_and_not_for_its_persona(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await gateway.Services.GetRequiredService<WorkerHost>().StopAsync(cancellationToken);
        var workers = gateway.Services.GetRequiredService<WorkerDirectory>();
        await Poll.Until(() => workers.Alive == 0, TimeSpan.FromSeconds(10), "the gateway notices");
        await using var client = await HubClient.Connect(gateway);
        Assert.That(
            async () => await client.Start(Rehearsal), Throws.InstanceOf<HubException>().With.Message.Contains("No worker is running"));
    }

    [Test]
    public async Task An_unknown_persona_and_more_rehearsals_than_allowed_are_refused_with_what_to_do(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(null, "--Rehearsals:AtMost=1");
        await using var one = await HubClient.Connect(gateway);
        Assert.That(
            async () => await one.Start(new(Rehearsal: new RehearsalRequest("nobody"))),
            Throws.InstanceOf<HubException>().With.Message.Contains("Use one of angry-renewal, finance-director"));
        await one.Start(Rehearsal);
        await using var two = await HubClient.Connect(gateway);
        Assert.That(async () => await two.Start(Rehearsal), Throws.InstanceOf<HubException>().With.Message.Contains("Rehearsals:AtMost"));
        Assert.That((await two.Start()).CallId, Is.Not.Empty, "a call with a customer is always let in");
        await one.Invoke("EndCall");
        await one.Until<CallEnded>(cancellationToken);
        await using var three = await HubClient.Connect(gateway);
        Assert.That((await three.Start(Rehearsal)).CallId, Is.Not.Empty);
    }

    [Test]
    public async Task Nobody_else_speaks_as_the_buyer_and_too_many_objections_are_refused(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var client = await HubClient.Connect(gateway);
        Assert.That(
            async () => await client.Start(new(Rehearsal: new("finance-director", Objections: [.. Enumerable.Repeat("Price", 9)]))),
            Throws.InstanceOf<HubException>().With.Message.Contains("rehearsal.objections has 9 entries; at most 8 are taken."));
        Assert.That(
            async () => await client.Start(new(Rehearsal: new("finance-director", Objections: ["Price", " "]))),
            Throws.InstanceOf<HubException>().With.Message.Contains("rehearsal.objections[1] is empty"));
        await client.Start(new(Rehearsal: new("finance-director", Objections: ["Will people use it?"])));
        await Buyer(client, cancellationToken);
        Assert.That(
            async () => await client.Say("c1", "I buy it.", Speaker.Customer),
            Throws.InstanceOf<HubException>().With.Message.Contains("the customer's words are the buyer's"));
        await client.Say("r1", "It is forty thousand pounds in a year, with the training.", Speaker.Rep);
        Assert.That((await Buyer(client, cancellationToken)).Text, Is.EqualTo("Will my team actually use it?"));
    }

    [Test]
    public async Task A_signed_in_rep_rehearses_once_at_a_time(CancellationToken cancellationToken)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var gateway = await RunningGateway.Start(null, provider.Settings);
        await using var one = await Connect(gateway, provider, "ann");
        await one.Start(Rehearsal);
        await using var two = await Connect(gateway, provider, "ann");
        Assert.That(async () => await two.Start(Rehearsal), Throws.InstanceOf<HubException>().With.Message.Contains("another window"));
        await using var other = await Connect(gateway, provider, "bob");
        Assert.That((await other.Start(Rehearsal)).CallId, Is.Not.Empty, "somebody else may");
        await one.Invoke("EndCall");
        await one.Until<CallEnded>(cancellationToken);
        Assert.That((await two.Start(Rehearsal)).CallId, Is.Not.Empty, "the first is over");
    }

    [Test]
    public async Task A_rep_who_left_before_the_rehearsal_began_may_begin_another_at_once(CancellationToken cancellationToken)
    {
        var bus = new HeldBus();
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var gateway = await RunningGateway.Start(services => services.AddSingleton<IMessageBus>(bus), provider.Settings);
        var gone = await Connect(gateway, provider, "ann");
        bus.Holds = true;
        var unanswered = gone.Start(Rehearsal);
        var connection = await bus.Held;
        await gone.DisposeAsync();
        await Poll.Until(() => connection.IsCancellationRequested, TimeSpan.FromSeconds(10), "the gateway notices");
        bus.Release();
        Assert.That(async () => await unanswered, Throws.Exception);

        await using var back = await Connect(gateway, provider, "ann");
        await Poll.Until(() => MayStart(back), RehearsalGate.LeaseLength / 2, "the rep may rehearse");
        Assert.That(gateway.Services.GetRequiredService<LiveCalls>().Count, Is.EqualTo(1), "Nobody has the other call.");
    }

    static async Task<bool> MayStart(HubClient client)
    {
        try
        {
            await client.Start(Rehearsal);
            return true;
        }
        catch (HubException)
        {
            return false;
        }
    }

    static async Task<HubClient> Connect(RunningGateway gateway, ScriptedSignInServer provider, string user) =>
        await HubClient.Connect(gateway, ticket: await SignInClient.TicketOf(gateway, provider, user));

    static Task<TranscriptUpdated> Buyer(HubClient client, CancellationToken cancellationToken) =>
        client.Until<TranscriptUpdated>(words => words is { Speaker: Speaker.Customer, Final: true }, cancellationToken);

    /// <summary>Goes on speaking until the buyer cuts in.</summary>
    static async Task<CutOff> CutOff(HubClient client, TranscriptSegment segment, CancellationToken cancellationToken)
    {
        var cutIn = client.Until<RepCutOff>(cancellationToken);
        for (var more = 0; !cutIn.IsCompleted; more++)
        {
            await client.Invoke("SendTranscript", segment with { Text = $"{segment.Text} {more}" });
            // A recogniser tells more words ten times a second.
            await Task.WhenAny(cutIn, Task.Delay(100, cancellationToken));
        }

        return (await cutIn).CutOff;
    }
}

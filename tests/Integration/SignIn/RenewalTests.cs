using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>What becomes of sign-in over time.</summary>
[CancelAfter(60_000)]
public sealed class RenewalTests : ProviderTests
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(4);

    [Test]
    public async Task A_client_that_renews_keeps_its_connection_beyond_its_first_token(CancellationToken cancellationToken)
    {
        var asked = 0;
        var trouble = new ConcurrentQueue<string>();
        await using var client = new CallClient(new CallClientOptions(Gateway.Address)
        {
            AccessToken = async _ => await Provider.AccessToken("ann", Interlocked.Increment(ref asked) < 3 ? Soon : TimeSpan.FromHours(1)),
            Trouble = trouble.Enqueue,
        });
        var events = client.Events(cancellationToken);
        await client.ConnectAsync(cancellationToken);

        await Poll.Until(() => Volatile.Read(ref asked) >= 3, TimeSpan.FromSeconds(20), "it renews twice");
        await Task.Delay(Soon, cancellationToken);

        client.Hear(new TranscriptSegment("1", Speaker.Customer, "That is too expensive, isn't it?", Final: true));
        await foreach (var heard in events)
        {
            if (heard is SuggestionCompleted)
            {
                break;
            }

            Assert.That(heard, Is.Not.InstanceOf<Restored>().Or.Property("Number").EqualTo(1), "it never connected again");
        }

        Assert.That(trouble, Is.Empty);
        Assert.That(client.Connection.Phase, Is.EqualTo(ConnectionPhase.Open));
    }

    [Test]
    public async Task A_client_that_does_not_renew_is_let_go_when_its_token_ends_and_not_before(CancellationToken cancellationToken)
    {
        await using var client = await SignInClient.Connect(Gateway, Provider, "ann", Soon);
        await client.Start();
        await client.Say("1", "What does it cost?");

        // Nothing of this kind is sent: it reads until the connection is closed.
        Assert.That(async () => await client.Until<Nudged>(cancellationToken), Throws.InstanceOf<AssertionException>());
    }

    [Test]
    public async Task A_sign_in_is_renewed_by_the_same_person_s_ticket_only()
    {
        await using var client = await SignInClient.Connect(Gateway, Provider, "ann");
        foreach (var (ticket, words) in new[]
        {
            (await SignInClient.TicketOf(Gateway, Provider, "bob"), "another person"),
            (await SignInClient.TicketOf(Gateway, Provider, "sue"), "another person"),
            ("used", "unknown"),
        })
        {
            Assert.That(
                async () => await client.Invoke("RenewSignIn", ticket), Throws.InstanceOf<HubException>().With.Message.Contains(words));
        }

        await client.Invoke("RenewSignIn", await SignInClient.TicketOf(Gateway, Provider, "ann"));
    }

    [Test]
    public async Task The_provider_s_new_key_counts_without_a_restart_and_the_old_one_stays_valid()
    {
        await using var own = await ScriptedSignInServer.StartAsync();
        await using var rotated = await RunningGateway.Start(null, own.Settings);
        var old = await own.AccessToken("ann");
        using var before = await SignInClient.AskTicket(rotated, old);
        own.RotateKey();
        var young = await own.AccessToken("ann");

        await Poll.Until(
            async () =>
            {
                using var answer = await SignInClient.AskTicket(rotated, young);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            TimeSpan.FromSeconds(10),
            "the new key is known");
        using var after = await SignInClient.AskTicket(rotated, old);
        Assert.That((before.StatusCode, after.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
    }

    [Test]
    public async Task Gateways_that_meet_on_Redis_redeem_each_other_s_tickets_once(CancellationToken cancellationToken)
    {
        await using var redis = await RedisServer.Start();
        await using var one = await RunningGateway.Start(redis.Port, Provider.Settings);
        await using var other = await RunningGateway.Start(redis.Port, Provider.Settings);
        var ticket = await SignInClient.TicketOf(one, Provider, "ann");

        var attempts = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => Try(n % 2 == 0 ? one : other, ticket)));

        Assert.That(attempts.Count(let => let), Is.EqualTo(1));
    }

    static async Task<bool> Try(RunningGateway at, string ticket)
    {
        try
        {
            await using var client = await HubClient.Connect(at, ticket: ticket);
            return true;
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            return false;
        }
    }
}

using Microsoft.AspNetCore.SignalR;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.ClientSdk;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Privacy;

/// <summary>What revoked consent leaves behind: nothing that was said.</summary>
[CancelAfter(60_000)]
public sealed class RevocationTests
{
    [Test]
    public async Task Revoked_consent_ends_the_call_in_mid_utterance_and_leaves_no_word_in_Redis(CancellationToken cancellationToken)
    {
        await using var redis = await RedisServer.Start();
        await using var gateway = await RunningGateway.Start(redis.Port);
        await using var client = await HubClient.Connect(gateway);
        var call = await client.Start(new StartCallRequest(new CallBrief(CustomerName: "Zebediah")));
        await client.Say("1", "The platypus is too expensive.");
        await client.Until<TurnSettled>(cancellationToken);
        await client.Invoke("SendTranscript", new TranscriptSegment("2", Speaker.Customer, "And the platypus", Final: false));
        Assert.That(await RedisContents.Of(redis), Does.Contain("platypus").And.Contain("Zebediah"), "kept so far");

        await client.Invoke("RevokeConsent");

        Assert.That((await client.Until<CallEnded>(cancellationToken)).Reason, Is.EqualTo(EndReason.ConsentRevoked));
        Assert.That(
            () => client.Say("2", "And the platypus bites."), Throws.TypeOf<HubException>().With.Message.Contains("was deleted"));
        Assert.That(await RedisContents.Of(redis), Does.Not.Contain("platypus").And.Not.Contain("Zebediah"));

        await using var again = await HubClient.Connect(gateway);
        var resumed = await again.Start(new StartCallRequest(Resume: new ResumeRequest(call.CallId, call.ResumeToken, 0)));
        Assert.That(resumed.Resumed, Is.False);
    }

    [Test]
    public async Task A_client_that_revokes_while_disconnected_has_the_call_deleted_once_it_is_back(CancellationToken cancellationToken)
    {
        await using var gateway = await FakeGateway.Start();
        await using var client = new CallClient(new CallClientOptions(gateway.Address));
        await client.ConnectAsync(cancellationToken);
        await gateway.Starts.Reader.ReadAsync(cancellationToken);
        var open = new TaskCompletionSource();
        gateway.Intercept = async call =>
        {
            if (call.HubMethodName == "StartCall")
            {
                await open.Task.WaitAsync(cancellationToken);
            }

            return true;
        };
        gateway.Cut();
        await Poll.Until(() => client.Connection.Phase is not ConnectionPhase.Open, TimeSpan.FromSeconds(30), "the client notices");

        Assert.That(client.RevokeConsent, Throws.TypeOf<CallDisconnectedException>());
        client.Hear(new TranscriptSegment("1", Speaker.Customer, "The platypus is too expensive.", Final: true));
        open.SetResult();

        Assert.That(await gateway.Asked.Reader.ReadAsync(cancellationToken), Is.EqualTo("RevokeConsent"));
        await foreach (var _ in client.Events(cancellationToken))
        {
            // Until the client has finished.
        }

        Assert.That(client.Connection.Phase, Is.EqualTo(ConnectionPhase.Ended));
        Assert.That(gateway.Heard.Reader.TryRead(out var heard), Is.False, $"{heard}");
    }
}

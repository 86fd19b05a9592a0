using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>The client and the real gateway with its embedded worker.</summary>
[CancelAfter(20_000)]
public sealed class CallOverGatewayTests
{
    [Test]
    public async Task A_question_brings_its_card_and_the_end_ends_the_events(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var client = new CallClient(new CallClientOptions(gateway.Address) { Brief = new CallBrief(CustomerName: "Lee") });
        var events = client.Events(cancellationToken);
        await client.ConnectAsync(cancellationToken);
        client.Hear(new TranscriptSegment("c-1", Speaker.Customer, "That is too expensive, isn't it?", Final: true));
        CallEvent? last = null;
        await foreach (var callEvent in events)
        {
            last = callEvent;
            if (callEvent is TurnSettled)
            {
                await client.EndCall();
            }
        }

        Assert.That(last, Is.EqualTo(new CallEnded(EndReason.Ended) { Number = last!.Number }));
        Assert.That(client.View.Card?.TurnId, Is.EqualTo("c-1"));
        Assert.That(client.View.Recent.Single().Source, Is.EqualTo(SuggestionSource.Playbook));
        Assert.That(client.View.Segments.Single().Final);
        Assert.That(client.StatusLine.Text, Is.EqualTo("Call ended"));
    }

    [Test]
    public async Task The_newest_client_of_a_call_has_it_whole_and_the_older_one_stays_away(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var older = new CallClient(new CallClientOptions(gateway.Address));
        var olderEvents = older.Events(cancellationToken);
        await older.ConnectAsync(cancellationToken);
        older.Hear(new TranscriptSegment("c-1", Speaker.Customer, "How long does a migration take?", Final: true));
        while (older.Unacknowledged > 0)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }

        await using var newer = new CallClient(new CallClientOptions(gateway.Address) { Ticket = older.Ticket });
        var restored = newer.Events(cancellationToken).GetAsyncEnumerator(cancellationToken);
        await newer.ConnectAsync(cancellationToken);
        await restored.MoveNextAsync();
        Assert.That(newer.View.Segments.Single().SegmentId, Is.EqualTo("c-1"));
        await foreach (var _ in olderEvents)
        {
            // Reads on to the end.
        }

        Assert.That(older.Connection.Phase, Is.EqualTo(ConnectionPhase.Moved));
        await restored.DisposeAsync();
    }
}

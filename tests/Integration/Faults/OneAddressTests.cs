using System.Collections.Concurrent;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>
/// Two gateways behind one address: a rep may land on either, before and after a reconnect. With the SDK as it is shipped.
/// </summary>
public sealed class OneAddressTests : FaultTest
{
    const int Reps = 8;

    [Test]
    public async Task A_rep_may_land_on_either_gateway_before_and_after_a_reconnect()
    {
        if (OneAddress.Program is null)
        {
            Assert.Ignore("nginx is not installed (Debian: apt-get install nginx-light).");
        }

        Fleet.Model.Script = Fast;
        await using var address = await OneAddress.Start(Fleet.Gateways);
        var trouble = new List<string>();
        var seen = new ConcurrentQueue<string>();
        var reps = Enumerable.Range(0, Reps).Select(
            _ => new CallClient(
                new CallClientOptions(address.Address) { StartedAnew = () => trouble.Add("a call began anew"), Trouble = seen.Enqueue })).ToList();
        try
        {
            await Task.WhenAll(reps.Select(rep => rep.ConnectAsync(new CancellationTokenSource(Patience).Token)));
            await Task.WhenAll(reps.Select(rep => Answered(rep, "before")));

            // Whoever was on the first lands on the second; once it is back, they are dealt out anew.
            await Fleet.Gateways[0].Kill();
            await Task.WhenAll(reps.Select(rep => Answered(rep, "without the first")));
            await Fleet.Gateways[0].Start();
            await Fleet.Gateways[1].Kill();
            await Task.WhenAll(reps.Select(rep => Answered(rep, "without the second")));

            Assert.That(trouble, Is.Empty);
            Assert.That(reps.Select(rep => rep.View.Segments.Count), Is.All.EqualTo(3));
            Assert.That(reps.Select(rep => rep.Unacknowledged), Is.All.Zero);
        }
        finally
        {
            await TestContext.Out.WriteLineAsync(
                $"{string.Join(Environment.NewLine, seen.Distinct(StringComparer.Ordinal))}{Environment.NewLine}{await address.Complaints()}");
            await Task.WhenAll(reps.Select(rep => rep.EndCall()));
            await Task.WhenAll(reps.Select(rep => rep.DisposeAsync().AsTask()));
        }
    }

    static async Task Answered(CallClient rep, string when)
    {
        rep.Hear(new TranscriptSegment($"{when}", Speaker.Customer, $"Can you give us a discount, {when}?", Final: true));
        await Poll.Until(
            () => rep.View.Outcomes.Exists(turn => turn.TurnId == when && turn.Outcome is TurnOutcome.Suggested),
            Patience,
            $"{when}: answered; the client is {rep.Connection.Phase}, outcomes {string.Join(", ", rep.View.Outcomes)}");
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Faults;

namespace Teleprompter.Tests.Integration.Gateway;

[CancelAfter(20_000)]
public sealed class LineTests
{
    [Test]
    public async Task A_line_is_on_the_rep_s_screen_within_200_ms_as_the_lead_s_and_comes_with_a_receipt(
        CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var rep = await HubClient.Connect(gateway);
        var call = await rep.Start();
        await using var lead = await LeadViewer.Watch(gateway.Address);
        await rep.Until<Restored>(cancellationToken);
        List<TimeSpan> took = [];
        for (var i = 0; i < 5; i++)
        {
            var (sent, sentAt) = (lead.SendLine(call.CallId, " Ask who signs. "), Stopwatch.GetTimestamp());
            var nudged = await rep.Until<Nudged>(cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(sentAt));
            await rep.Invoke("Acknowledge", new Progress(nudged.Number));
            var receipt = await sent;
            Assert.That(
                (nudged.From, nudged.Text, nudged.NudgeId, receipt.Shown),
                Is.EqualTo(("Team lead", "Ask who signs.", receipt.NudgeId, true)));
        }

        // The first compiles the code, and a busy machine may delay one or the other.
        Assert.That(took.Order().ElementAt(took.Count / 2), Is.LessThan(TimeSpan.FromMilliseconds(200)));
    }

    [Test]
    public async Task A_line_that_no_panel_confirms_says_so(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await using var rep = await HubClient.Connect(gateway);
        var call = await rep.Start();
        await using var lead = await LeadViewer.Watch(gateway.Address);
        await rep.Until<Restored>(cancellationToken);

        Assert.That((await lead.SendLine(call.CallId, "Hello")).Shown, Is.False);
    }

    [Test]
    public async Task A_line_that_cannot_be_sent_says_why()
    {
        await using var gateway = await RunningGateway.Start();
        await using var lead = await LeadViewer.Watch(gateway.Address);

        Assert.That(
            async () => await lead.SendLine("nobody", "Hello"),
            Throws.InstanceOf<HubException>().With.Message.Contains("No such call is live"));
        Assert.That(
            async () => await lead.SendLine("nobody", " "), Throws.InstanceOf<HubException>().With.Message.Contains("text is empty"));
        Assert.That(
            async () => await lead.SendLine("nobody", new string('x', 301)),
            Throws.InstanceOf<HubException>().With.Message.Contains("at most 300"));
    }
}

using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Teleprompter.Contracts;
using Teleprompter.Gateway.Placement;
using Teleprompter.InferenceWorker.Ownership;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedSignIn;

namespace Teleprompter.Tests.Integration.SignIn;

/// <summary>How many calls a signed-in user may have open.</summary>
[CancelAfter(60_000)]
public sealed class CallsPerUserTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_user_has_so_many_calls_open_at_all_gateways_together(bool twoGateways, CancellationToken cancellationToken)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var redis = twoGateways ? await RedisServer.Start() : null;
        await using var here = await Start(redis, provider);
        await using var second = twoGateways ? await Start(redis, provider) : null;
        var there = second ?? here;
        await using var one = await SignInClient.Connect(here, provider, "ann");
        await using var two = await SignInClient.Connect(there, provider, "ann");
        var first = await one.Start();
        await two.Start();

        foreach (var gateway in new[] { here, there })
        {
            await using var three = await SignInClient.Connect(gateway, provider, "ann");
            Assert.That(
                async () => await three.Start(),
                Throws.InstanceOf<HubException>().With.Message.Contains("You have 2 calls open, the most that"));
        }

        await using var other = await SignInClient.Connect(there, provider, "bob");
        Assert.That((await other.Start()).CallId, Is.Not.Empty, "somebody else's calls are their own");

        // Its earlier connection is still open there, as one is whose client has lost it.
        await using var again = await SignInClient.Connect(there, provider, "ann");
        var resumed = await again.Start(new(Resume: new ResumeRequest(first.CallId, first.ResumeToken)));
        Assert.That(resumed.Resumed, "a call that is taken up again counts once");

        await again.Invoke("EndCall");
        await again.Until<CallEnded>(cancellationToken);
        await using var next = await SignInClient.Connect(here, provider, "ann");
        Assert.That((await next.Start()).CallId, Is.Not.Empty, "a call that has ended does not count");
        await next.DisposeAsync();
        await using var last = await SignInClient.Connect(there, provider, "ann");
        await Poll.Until(() => Starts(last), TimeSpan.FromSeconds(10), "a call whose connection is closed does not count");
    }

    [Test]
    public async Task A_call_that_no_worker_takes_does_not_count(CancellationToken cancellationToken)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var gateway = await Start(redis: null, provider);
        await gateway.Services.GetRequiredService<WorkerHost>().StopAsync(cancellationToken);
        var workers = gateway.Services.GetRequiredService<WorkerDirectory>();
        await Poll.Until(() => workers.Alive == 0, TimeSpan.FromSeconds(10), "the gateway notices");

        await using var client = await SignInClient.Connect(gateway, provider, "ann");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.That(async () => await client.Start(), Throws.InstanceOf<HubException>().With.Message.Contains("worker"));
        }
    }

    static async Task<bool> Starts(HubClient client)
    {
        try
        {
            return (await client.Start()).CallId.Length > 0;
        }
        catch (HubException)
        {
            // The gateway has not noticed yet that the other is closed.
            return false;
        }
    }

    static Task<RunningGateway> Start(RedisServer? redis, ScriptedSignInServer provider)
    {
        string[] settings = [.. provider.Settings, "--Gateway:CallsPerUser=2"];
        return redis is null ? RunningGateway.Start(null, settings) : RunningGateway.Start(redis.Port, settings);
    }
}

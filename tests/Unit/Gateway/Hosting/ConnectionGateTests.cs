using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Unit.Gateway.Hosting;

public sealed class ConnectionGateTests : IDisposable
{
    readonly ManualTimeProvider time = new();
    readonly TaskCompletionSource closed = new();
    int open;

    public void Dispose() => closed.TrySetResult();

    [Test]
    public async Task Sockets_beyond_the_limit_of_an_address_are_refused_and_the_answer_takes_a_second()
    {
        using var gate = Gate(atMost: 3);
        var sockets = Enumerable.Range(0, 4).Select(_ => Enter(gate, "192.0.2.1")).ToList();
        var elsewhere = Enter(gate, "192.0.2.2");

        Assert.That(open, Is.EqualTo(4));
        Assert.That(sockets[3].Done.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));
        await sockets[3].Done;
        Assert.That(sockets[3].Context.Response.StatusCode, Is.EqualTo(StatusCodes.Status429TooManyRequests));
        closed.SetResult();
        await elsewhere.Done;
        Assert.That(elsewhere.Context.Response.StatusCode, Is.EqualTo(StatusCodes.Status200OK));
    }

    [Test]
    public async Task An_address_that_comes_and_goes_too_fast_is_refused_though_nothing_of_it_is_open()
    {
        closed.SetResult();
        using var gate = Gate(atMost: 3);
        var entries = Enumerable.Range(0, 200).Select(_ => Enter(gate, "192.0.2.1")).ToList();

        Assert.That(entries.Count(entry => entry.Done.IsCompleted), Is.InRange(50, 100));
        time.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(entries.Select(entry => entry.Done));
        Assert.That(entries[^1].Context.Response.StatusCode, Is.EqualTo(StatusCodes.Status429TooManyRequests));
    }

    [Test]
    public void Of_IPv6_a_network_counts_as_one_address()
    {
        using var gate = Gate(atMost: 3);
        foreach (var host in Enumerable.Range(1, 5))
        {
            _ = Enter(gate, $"2001:db8:1:2::{host}");
        }

        Assert.That(open, Is.EqualTo(3));
        _ = Enter(gate, "2001:db8:1:3::1");
        Assert.That(open, Is.EqualTo(4));
    }

    ConnectionGate Gate(int atMost) => new(
        async _ =>
        {
            open++;
            await closed.Task;
        },
        Options.Create(new RateLimitOptions { ConnectionsPerAddress = atMost }),
        Options.Create(new SignInOptions()),
        time);

    static (HttpContext Context, Task Done) Enter(ConnectionGate gate, string address)
    {
        var context = new DefaultHttpContext
        {
            Connection = { RemoteIpAddress = IPAddress.Parse(address) },
            Request = { Path = "/hubs/call" },
        };
        return (context, gate.InvokeAsync(context));
    }
}

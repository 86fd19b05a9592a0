using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Redis;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>How a process signs in to Redis, and what it needs to be allowed there.</summary>
[CancelAfter(30_000)]
public sealed class RedisAccessTests
{
    const string IssuerPath = "SERedis_IssuerCertPath";
    static readonly TimeSpan ThreeChecks = TimeSpan.FromSeconds(1.5);

    [TestCase("redis://localhost", "localhost:6379", false, null, null, null)]
    [TestCase("redis://:pilot@127.0.0.1:7660/0", "127.0.0.1:7660", false, null, "pilot", 0)]
    [TestCase("rediss://gateway:s3%20cret@redis.example:6380/2", "redis.example:6380", true, "gateway", "s3 cret", 2)]
    [TestCase("redis-1:6379,user=gateway,password=abc123=,ssl=true,protocol=resp3", "redis-1:6379", true, "gateway", "abc123=", null)]
    [TestCase("[::1]:7660", "[::1]:7660", false, null, null, null)]
    [TestCase("127.0.0.1", "127.0.0.1:6379", false, null, null, null)]
    public void A_connection_string_may_be_the_clients_or_a_URL(
        string text, string server, bool tls, string? user, string? password, int? database)
    {
        var options = RedisConnectionString.Parse(text);
        options.SetDefaultPorts();

        Assert.That(options.EndPoints.Single().ToString(), Is.EqualTo(server).Or.EqualTo($"Unspecified/{server}"));
        Assert.That((options.Ssl, options.User, options.Password, options.DefaultDatabase), Is.EqualTo((tls, user, password, database)));
        Assert.That(options.Protocol, Is.EqualTo(StackExchange.Redis.RedisProtocol.Resp2));
    }

    [TestCase("127.0.0.1:{0},user=gateway,password=gateway")]
    [TestCase("redis://worker:worker@127.0.0.1:{0}/0")]
    public async Task The_users_of_deploy_can_do_all_that_is_needed(string connectionString, CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start();
        await using var peer = await RedisPeer.Start(string.Format(null, connectionString, server.Port));

        await EverythingWorks(peer, cancellationToken);
    }

    [Test]
    public async Task A_user_that_may_not_listen_is_told_so_once_and_connections_stay(CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start();
        await server.Command("ACL", "SETUSER", "worker", "resetchannels");
        await using var peer = await RedisPeer.Start(RedisServer.As("worker", server.Port));
        await using var subscription = await peer.Bus.Subscribe(BusChannels.Call("c1"), cancellationToken);

        await Poll.Until(() => peer.Connection.Trouble is not null, TimeSpan.FromSeconds(5), "the refusal is noticed");
        await Task.Delay(ThreeChecks, cancellationToken);

        Assert.That(peer.Connection.Trouble, Does.Contain("NOPERM").And.Contain("channel"));
        Assert.That(peer.Logged, Has.Count.EqualTo(2), "reachable, then not");
        Assert.That(peer.Sockets, Is.EqualTo(3));
        await server.Command("ACL", "LOG", "RESET");
    }

    [Test]
    public async Task Redis_may_forbid_CLIENT_and_CONFIG(CancellationToken cancellationToken)
    {
        await using var server = await RedisServer.Start(options: ["--rename-command", "CLIENT", "", "--rename-command", "CONFIG", ""]);
        await using var peer = await RedisPeer.Start(server);

        await EverythingWorks(peer, cancellationToken);
    }

    [TestCase("127.0.0.1:{0},ssl=true")]
    [TestCase("rediss://127.0.0.1:{0}")]
    [NonParallelizable]
    public async Task TLS_works_with_a_private_authority_and_refuses_an_unknown_one(
        string connectionString, CancellationToken cancellationToken)
    {
        using var certificates = new TestCertificates();
        var port = RedisServer.FreePort();
        await using var server = await RedisServer.Start(options:
        [
            "--tls-port", $"{port}", "--tls-auth-clients", "no",
            "--tls-cert-file", certificates.Server, "--tls-key-file", certificates.ServerKey, "--tls-ca-cert-file", certificates.Authority,
        ]);
        await using (var stranger = await RedisPeer.Start(string.Format(null, connectionString, port)))
        {
            Assert.That(stranger.Connection.Trouble, Does.Contain("Authentication"));
        }

        Environment.SetEnvironmentVariable(IssuerPath, certificates.Authority);
        try
        {
            await using var peer = await RedisPeer.Start(string.Format(null, connectionString, port));
            await EverythingWorks(peer, cancellationToken);
        }
        finally
        {
            Environment.SetEnvironmentVariable(IssuerPath, null);
        }
    }

    static async Task EverythingWorks(RedisPeer peer, CancellationToken cancellationToken)
    {
        await Poll.Until(() => peer.Connection.Reachable, TimeSpan.FromSeconds(5), $"Redis is found ({peer.Connection.Trouble})");
        await using var subscription = await peer.Bus.Subscribe(BusChannels.Call("c1"), cancellationToken);
        Assert.That(
            await peer.Bus.Publish(BusChannels.Call("c1"), new FromWorker(1, 1, new SuggestionDelta("s", 0, "words"))), Is.EqualTo(1));
        await peer.Store.Open(new("c1", "hash", null, DateTimeOffset.UnixEpoch, new(), null), cancellationToken);
        var owner = await peer.Store.Claim("c1", null, "w1", 0, cancellationToken);
        Assert.That(
            await peer.Store.Append("c1", owner!.Epoch, new PauseSet(Paused: true), cancellationToken), Is.EqualTo(AppendResult.Kept));
        var call = await peer.Store.Read("c1", cancellationToken);
        Assert.That(call!.Entries, Is.EqualTo([new PauseSet(Paused: true)]));
        Assert.That(await peer.Store.Incarnation(cancellationToken), Is.Not.Empty);
        await peer.Store.Expire("c1", TimeSpan.Zero, cancellationToken);
        Assert.That(await peer.Store.Restore(call, cancellationToken), Is.True);

        await Task.Delay(ThreeChecks, cancellationToken);
        Assert.That(peer.Connection.Reachable, Is.True, peer.Connection.Trouble);
        Assert.That(peer.Sockets, Is.EqualTo(3), "no connection was replaced");
        Assert.That(peer.Connection.Subscriptions.Mended, Is.Zero);
    }
}

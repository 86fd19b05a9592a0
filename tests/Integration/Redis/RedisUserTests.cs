using Teleprompter.Hosting.Redis;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>
/// What the users of <c>deploy/k8s/redis/users.acl</c> may not do. That they may do all that the product needs is shown by every test that
/// starts a <see cref="RedisServer"/>: the product signs in as these users, and what Redis refuses it fails the test.
/// </summary>
[CancelAfter(30_000)]
public sealed class RedisUserTests
{
    const string Denied = "NOPERM";
    RedisServer server = null!;

    [SetUp]
    public async Task Start() => server = await RedisServer.Start();

    [TearDown]
    public async Task Stop()
    {
        await server.Command("ACL", "LOG", "RESET");
        await server.DisposeAsync();
    }

    [Test]
    public async Task Every_user_has_a_password_and_none_a_command_that_Redis_counts_as_dangerous_or_administrative()
    {
        var dangerous = $"{await server.Command("ACL", "CAT", "dangerous")}\n{await server.Command("ACL", "CAT", "admin")}".Split('\n');
        Assert.That(dangerous, Has.Length.GreaterThan(60).And.Contains("flushall").And.Contains("keys").And.Contains("config|set"));

        var users = await File.ReadAllLinesAsync(Path.Combine(RepositoryFiles.Deploy, "k8s", "redis", "users.acl"));
        Assert.That(
            users.Select(user => string.Join(' ', user.Split(' ').Take(4))),
            Is.EqualTo(["user default off", "user gateway on #GATEWAY_SHA256", "user worker on #WORKER_SHA256"]));
        foreach (var user in users[1..])
        {
            Assert.That(user, Does.Contain(" -@all ").And.Not.Contain("+@"));
            Assert.That(user.Split('+').Select(command => command.Trim()), Has.None.AnyOf(dangerous));
        }
    }

    [TestCase("SCAN", "0")]
    [TestCase("RANDOMKEY")]
    [TestCase("DBSIZE")]
    [TestCase("SCRIPT", "FLUSH")]
    [TestCase("SCRIPT", "KILL")]
    [TestCase("FUNCTION", "LOAD", "x")]
    [TestCase("PUBSUB", "CHANNELS")]
    [TestCase("PSUBSCRIBE", "tp:*")]
    [TestCase("SUBSCRIBE", "other")]
    [TestCase("PUBLISH", "other", "words")]
    [TestCase("CLIENT", "NO-EVICT", "on")]
    [TestCase("GET", "other:key")]
    [TestCase("SET", "other:key", "value")]
    [TestCase("EVAL", "return 1", "1", "other:key")]
    [TestCase("RENAME", "tp:incarnation", "tp:other")]
    public async Task Neither_user_may_look_around_or_reach_other_keys_and_channels(params string[] command)
    {
        Assert.That(await Refusal("gateway", command), Does.Contain(Denied));
        Assert.That(await Refusal("worker", command), Does.Contain(Denied));
    }

    [TestCase("return redis.call('GET', 'other:key')")]
    [TestCase("return redis.call('FLUSHALL')")]
    public async Task A_script_may_do_no_more_than_its_user(string script)
    {
        Assert.That(await Refusal("gateway", "EVAL", script, "0"), Does.Contain("user executing the script"));
        Assert.That(await Refusal("worker", "EVAL", script, "0"), Does.Contain("user executing the script"));
    }

    [Test]
    public async Task A_worker_may_not_touch_tickets_and_the_keys_of_sign_in_cookies()
    {
        var ticket = RedisNames.Ticket("hash").ToString();
        await server.Command("SET", ticket, "user");

        Assert.That(await Refusal("worker", "GET", ticket), Does.Contain(Denied));
        Assert.That(await Refusal("worker", "SET", ticket, "somebody"), Does.Contain(Denied));
        Assert.That(await Refusal("worker", "DEL", RedisNames.CookieKeys.ToString()), Does.Contain(Denied));
        Assert.That(await Refusal("gateway", "GETDEL", ticket), Is.Null);
    }

    /// <summary>What Redis says to a command that it refuses; null where it runs it.</summary>
    async Task<string?> Refusal(string user, params string[] command)
    {
        await using var connection = await RespConnection.Connect(server.Port);
        await connection.Send("AUTH", user, user);
        try
        {
            await connection.Send(command);
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }
}

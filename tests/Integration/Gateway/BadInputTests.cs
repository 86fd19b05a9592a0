using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Models;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>
/// What no well-behaved client sends. Each costs its message, or its connection, and nothing else: a good call beside it goes on, and
/// nothing is logged as an error. Tokens, tickets and origins are in <c>SignIn</c>, odd model servers in <c>Models</c>, noise and silence
/// in
/// <c>Unit/Transcription</c>.
/// </summary>
[CancelAfter(60_000)]
public sealed class BadInputTests
{
    const string Closed = "closed";

    static readonly WarningList errors = new(LogLevel.Error);
    static RunningGateway gateway = null!;
    static HubClient good = null!;

    [OneTimeSetUp]
    public static async Task Start()
    {
        gateway = await RunningGateway.Start();
        gateway.AddLogs(errors);
        good = await HubClient.Connect(gateway);
        await good.Start();
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        await good.DisposeAsync();
        await gateway.DisposeAsync();
        errors.Dispose();
    }

    [TearDown]
    public async Task A_good_call_beside_it_is_still_answered()
    {
        var id = $"good-{Guid.NewGuid():N}";

        // On a fast machine these tests are quicker than a call may send, and a refusal says to try again.
        await Poll.Until(
            async () =>
            {
                try
                {
                    await good.Say(id, "That is too expensive for us.");
                    return true;
                }
                catch (HubException busy) when (busy.Message.Contains("retry: Too many messages", StringComparison.Ordinal))
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(20),
            "the good call is heard");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await good.Until<TurnSettled>(settled => settled.TurnId == id, patience.Token);
        Assert.That(errors.Warnings, Is.Empty);
    }

    [TestCase("SendTranscript", "null", "takes an object")]
    [TestCase("SendTranscript", "{}", "text is empty")]
    [TestCase("SendTranscript", "{\"segmentId\":\"\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true}", "1 to 64 characters")]
    [TestCase("SendTranscript", "{\"segmentId\":\"1\",\"speaker\":\"nobody\",\"text\":\"x\",\"final\":true}", "binding arguments")]
    [TestCase("SendTranscript", "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\" \",\"final\":true}", "text is empty")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"\\ud800\",\"final\":true}",
        "Unicode|binding|closed")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"a\\u0000b\",\"final\":true}",
        "control character")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":false,\"endOfTurn\":true}",
        "endOfTurn needs final")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true,\"startMs\":9223372036854775808}",
        "")]
    [TestCase("SendTranscript", "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true,\"startMs\":NaN}", Closed)]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"2\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true,\"startMs\":-5,\"endMs\":99999999999}",
        "")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"3\",\"segmentId\":\"4\",\"speaker\":\"customer\",\"text\":\"a\",\"text\":\"b\",\"final\":true}",
        "")]
    [TestCase(
        "SendTranscript",
        "{\"segmentId\":\"5\",\"speaker\":\"customer\",\"text\":\"\\u202eabc <img src=x onerror=1> ![x](http://e/)\",\"final\":true}",
        "")]
    [TestCase("SendTranscript", "{\"segmentId\":\"* }\\r\\n\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true}", "")]
    [TestCase("Acknowledge", "{\"number\":-1}", "must not be negative")]
    [TestCase("Acknowledge", "{\"number\":1e400}", "binding arguments")]
    [TestCase("Acknowledge", "{\"number\":9007199254740993}", "")]
    [TestCase("Acknowledge", "{\"number\":1,\"renderMs\":-1}", "renderMs")]
    [TestCase("SendFeedback", "{\"suggestionId\":\"unknown\",\"kind\":\"used\"}", "")]
    [TestCase("SendFeedback", "{\"suggestionId\":\"unknown\",\"kind\":\"eaten\"}", "binding arguments")]
    [TestCase("UpdateBrief", "{\"notes\":5}", "binding arguments")]
    [TestCase("StartCall", "{}", "has a call already")]
    [TestCase("NoSuchMethod", "{}", "exist")]
    [TestCase("OnDisconnectedAsync", "null", "exist")]
    [TestCase("EndCall", "1,2,3", "argument")]
    public async Task A_bad_invocation_is_answered_with_what_is_wrong(string method, string argument, string expected)
    {
        await using var client = await RawClient.Started(gateway);
        var answer = await client.Ask(method, argument) ?? Closed;
        Assert.That(answer, expected.Length == 0 ? Is.Empty : Does.Match($"(?i){expected}"));
        if (answer != Closed)
        {
            Assert.That(await client.Ask("Acknowledge", "{\"number\":0}"), Is.Empty, "the connection goes on");
        }
    }

    [TestCase("{\"resume\":{\"callId\":\"*\\r\\n}\",\"resumeToken\":\"x\"}}")]
    [TestCase("{\"resume\":{\"callId\":\"00000000000000000000000000000000\",\"resumeToken\":\"forged\",\"lastNumber\":7}}")]
    [TestCase("{\"resume\":{}}")]
    public async Task A_call_that_is_not_the_clients_is_not_resumed(string request)
    {
        await using var client = await RawClient.Connect(gateway);
        Assert.That(await client.Ask("StartCall", request), Is.Empty);
    }

    [TestCase("{\"resume\":{\"lastNumber\":-1}}", "between 0 and")]
    [TestCase("{\"resume\":{\"lastNumber\":9007199254740994}}", "between 0 and")]
    [TestCase("null", "takes an object")]
    [TestCase("[]", "binding arguments")]
    public async Task A_bad_start_says_so_and_a_good_one_may_follow(string request, string expected)
    {
        await using var client = await RawClient.Connect(gateway);
        Assert.That(await client.Ask("StartCall", request), Does.Contain(expected));
        Assert.That(await client.Ask("StartCall", "{}"), Is.Empty);
    }

    [TestCase("EndCall", "")]
    [TestCase("Pause", "")]
    [TestCase("SendTranscript", "{\"segmentId\":\"1\",\"speaker\":\"customer\",\"text\":\"x\",\"final\":true}")]
    public async Task Nothing_comes_before_the_start(string method, string argument)
    {
        await using var client = await RawClient.Connect(gateway);
        Assert.That(await client.Ask(method, argument), Does.Contain("StartCall first"));
    }

    [TestCase("{\"speaker\":\"customer\",\"number\":0,\"atMs\":0,\"pcm\":\"AAAA\",\"endOfSpeech\":false}", "odd number of bytes")]
    [TestCase("{\"speaker\":\"customer\",\"number\":0,\"atMs\":0,\"pcm\":\"\",\"endOfSpeech\":false}", "pcm is empty")]
    [TestCase("{\"speaker\":\"customer\",\"number\":-1,\"atMs\":0,\"pcm\":\"AAA=\",\"endOfSpeech\":false}", "must not be negative")]
    [TestCase("{\"speaker\":\"customer\",\"number\":0,\"atMs\":0,\"pcm\":\"not base64!\",\"endOfSpeech\":false}", "binding|stream|convert")]
    [TestCase("{\"speaker\":\"customer\",\"number\":0,\"atMs\":0,\"endOfSpeech\":false}", "pcm is missing|binding|stream")]
    [TestCase("\"words\"", "binding|stream|convert")]
    public async Task A_bad_frame_ends_its_stream_with_what_is_wrong(string frame, string expected)
    {
        await using var client = await RawClient.Started(gateway);
        Assert.That(await client.Stream(frame), Does.Match($"(?i){expected}"));
        Assert.That(await client.Ask("Acknowledge", "{\"number\":0}"), Is.Empty, "the connection goes on");
    }

    [Test]
    public async Task A_frame_longer_than_60_ms_is_refused()
    {
        await using var client = await RawClient.Started(gateway);
        var pcm = Convert.ToBase64String(new byte[1922]);
        Assert.That(
            await client.Stream($"{{\"speaker\":\"customer\",\"number\":0,\"atMs\":0,\"pcm\":\"{pcm}\",\"endOfSpeech\":false}}"),
            Does.Contain("at most 1920"));
    }

    [Test]
    public async Task Of_five_streams_at_once_four_are_refused()
    {
        await using var client = await RawClient.Started(gateway);
        for (var i = 0; i < 5; i++)
        {
            await client.Send(
                $$"""{"type":1,"invocationId":"a{{i}}","target":"SendAudio","arguments":[],"streamIds":["t{{i}}"]}""");
        }

        Assert.That(await client.Answer("a4"), Does.Contain("streams audio already"));
        Assert.That(await client.Ask("Acknowledge", "{\"number\":0}"), Is.Empty);
    }

    [TestCase("")]
    [TestCase("{\"type\":6}")]
    public async Task An_empty_record_costs_nothing_or_the_connection(string record)
    {
        await using var client = await RawClient.Started(gateway);
        await client.Send(record);
        Assert.That(await client.Ask("Acknowledge", "{\"number\":0}"), Is.Empty.Or.Null);
    }

    [TestCase("not json")]
    [TestCase("{\"type\":1}")]
    [TestCase("{\"type\":2,\"invocationId\":\"nobody\",\"item\":1}")]
    [TestCase("{\"type\":1,\"invocationId\":\"1\",\"target\":5,\"arguments\":[]}")]
    public async Task A_record_that_is_no_message_costs_the_connection_at_most(string record)
    {
        await using var client = await RawClient.Started(gateway);
        await client.Send(record);
        Assert.That(await client.Ask("Acknowledge", "{\"number\":0}"), Is.Empty.Or.Null);
    }

    [Test]
    public async Task A_record_of_an_unknown_type_costs_the_connection_at_most()
    {
        // SignalR waits behind it for the rest of the connection, with a bounded buffer.
        await using var client = await RawClient.Started(gateway);
        await client.Send("{\"type\":99,\"x\":1}");
    }

    [Test]
    public async Task Nesting_of_a_thousand_levels_is_refused()
    {
        await using var client = await RawClient.Started(gateway);
        var deep = new string('[', 1000) + new string(']', 1000);
        Assert.That(await client.Ask("UpdateBrief", deep), Is.Null.Or.Contains("binding arguments"));
    }

    [TestCase(40 * 1024)]
    [TestCase(1024 * 1024)]
    public async Task A_message_above_the_limit_costs_the_connection(int bytes)
    {
        await using var client = await RawClient.Started(gateway);
        Assert.That(await client.Ask("UpdateBrief", $"{{\"notes\":\"{new string('x', bytes)}\"}}"), Is.Null);
    }

    [Test]
    public async Task Bytes_that_are_no_UTF_8_are_refused()
    {
        await using var client = await RawClient.Started(gateway);
        await client.Send([0xff, 0xfe, 0x80, 0x1e]);
        Assert.That(await client.Answer("none"), Is.Null);
    }

    [TestCase("{\"protocol\":\"json\",\"version\":99}")]
    [TestCase("{\"protocol\":\"messagepack\",\"version\":1}")]
    [TestCase("{}")]
    [TestCase("hello")]
    public async Task A_handshake_of_another_protocol_is_refused(string handshake)
    {
        await using var client = await RawClient.Connect(gateway, handshake);
        Assert.That(await client.Answer("none"), Is.Null.Or.Not.Empty);
    }

    [Test]
    public async Task A_hundred_connections_that_come_and_go_leave_nothing_behind()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (i, _) =>
        {
            await using var client = i % 2 == 0 ? await RawClient.Started(gateway) : await RawClient.Connect(gateway);
        });
    }
}

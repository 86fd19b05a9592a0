using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.Gateway;

/// <summary>A buyer that speaks: the real gateway and worker, a model and a speech server that record what is broken off.</summary>
[CancelAfter(60_000)]
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
public sealed class SpokenRehearsalTests
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(30);

    const string Answer = "That is a third more than we pay today, and nobody here has asked for it. Why would I sign that now?";

    const string Yields = "sceptical-engineer";

    ScriptedModelServer model = null!;
    ScriptedSpeechServer speech = null!;
    RunningGateway gateway = null!;

    [SetUp]
    public async Task StartEverything()
    {
        model = await ScriptedModelServer.StartAsync(new ModelScript { FirstToken = TimeSpan.FromMilliseconds(400), Text = Answer });
        speech = await ScriptedSpeechServer.StartAsync(new SpeechScript { PerCharacter = TimeSpan.FromMilliseconds(5) });
        gateway = await RunningGateway.Start(
            null, $"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:ApiKey=none", "--Admission:Slots=64",
            "--Speech:Provider=OpenAI", $"--Speech:Endpoint={speech.Endpoint}", "--Speech:Model=scripted", "--Rehearsals:AtMost=2000",
            "--Playbook:Matcher=words", "--Gateway:ConnectionsPerAddress=2000", "--Gateway:ConnectionsPerSecond=1000");
    }

    [TearDown]
    public async Task StopEverything()
    {
        await gateway.DisposeAsync();
        await model.DisposeAsync();
        await speech.DisposeAsync();
    }

    [Test]
    public async Task The_buyer_is_heard_from_its_first_clause_on_while_the_model_still_writes(CancellationToken cancellationToken)
    {
        await using var client = await Opened(cancellationToken);
        var before = speech.Requests.Count;
        await client.Say("r1", "It costs forty thousand pounds a year.");
        await Poll.Until(() => client.BuyerSaid.Count() == 2, patience, "the buyer said two turns");
        var turn = client.Turns[1];
        var asked = speech.Requests.Skip(before).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(asked.Select(request => request.Input), Is.EqualTo(new[]
            {
                "That is a third more than we pay today,", "and nobody here has asked for it.", "Why would I sign that now?",
            }));
            Assert.That(asked[0].ReceivedMs, Is.LessThan(model.Requests.All[^1].EndedMs!.Value), "before the model ends");
            Assert.That(turn.Numbers, Is.EqualTo(Enumerable.Range(0, turn.Numbers.Count)));
            Assert.That(turn.End, Is.EqualTo(SpeechEnd.Complete));
            Assert.That(turn.Received, Is.EqualTo(TimeSpan.FromMilliseconds(asked.Sum(request => request.Input.Length * 5))).Within(
                TimeSpan.FromMilliseconds(1)));
            Assert.That(client.BuyerSaid.Last().Text, Is.EqualTo(Answer), "final once it was heard");
        });
    }

    [Test]
    public async Task A_rep_who_talks_over_it_closes_both_streams_and_keeps_what_was_heard(CancellationToken cancellationToken)
    {
        await using var client = await Opened(cancellationToken);
        model.Script = model.Script with { TokenPace = TimeSpan.FromMilliseconds(150) };
        speech.Script = new SpeechScript { Speed = 1 };
        await client.Say("r1", "It costs forty thousand pounds a year.");
        await Poll.Until(() => client.Turns is [_, { PlayedMs: > 500 }], patience, "half a second of the second turn was played");
        var interruptedMs = ScriptedSpeechServer.NowMs;
        await client.Interrupt(client.Turns[1]);
        await Closed(TimeSpan.FromSeconds(2));
        await Poll.Until(() => client.BuyerSaid.Count() == 2, patience, "the buyer said two turns");
        Assert.Multiple(() =>
        {
            Assert.That(model.Requests.All[^1].End, Is.EqualTo(RequestEnd.Aborted));
            Assert.That(speech.Requests[^1].Aborted);
            Assert.That(client.BuyerSaid.Last().Text, Is.EqualTo(Answer[..client.BuyerSaid.Last().Text.Length]));
            Assert.That(client.BuyerSaid.Last().Text.Length, Is.InRange(4, 30), "half a second of it");
            Assert.That(client.Turns[1].End, Is.EqualTo(SpeechEnd.Stopped));
        });
        await TestContext.Out.WriteLineAsync($"closed after {speech.Requests.Max(request => request.EndedMs) - interruptedMs} ms");
    }

    [TestCase("frozen")]
    [TestCase("disconnects")]
    public async Task A_listener_who_is_gone_closes_both_streams(string how, CancellationToken cancellationToken)
    {
        await using var client = await Opened(cancellationToken);
        model.Script = model.Script with { TokenPace = TimeSpan.FromMilliseconds(400) };
        speech.Script = new SpeechScript { Speed = 0.5 };
        await client.Say("r1", "It costs forty thousand pounds a year.");
        await Poll.Until(() => client.Turns is [_, { PlayedMs: > 100 }], patience, "the second turn is played");
        var goneMs = ScriptedSpeechServer.NowMs;
        client.Reports = false;
        if (how == "disconnects")
        {
            await client.DisposeAsync();
        }

        await Closed(TimeSpan.FromSeconds(5));
        Assert.That(speech.Requests.Max(request => request.EndedMs) - goneMs, Is.LessThan(3500));
    }

    [Test]
    public async Task A_speech_server_that_fails_leaves_the_turn_as_text_and_the_next_one_is_heard(CancellationToken cancellationToken)
    {
        await using var client = await Opened(cancellationToken);
        speech.Script = speech.Script with { Fault = SpeechFault.Status };
        await client.Say("r1", "It costs forty thousand pounds a year.");
        await Poll.Until(() => client.BuyerSaid.Count() == 2, patience, "the buyer said two turns");
        Assert.That(client.Turns, Has.Count.EqualTo(1));
        Assert.That(client.BuyerSaid.Last().Text, Is.EqualTo(Answer));
        speech.Script = speech.Script with { Fault = SpeechFault.None };
        await client.Say("r2", "It is in the contract, on page four.");
        await Poll.Until(() => client.Turns.Count == 2, patience, "the second turn begins");
    }

    /// <summary><c>SPEECH_STORM=1000</c> runs the long form.</summary>
    [Test]
    [CancelAfter(400_000)]
    public async Task Whatever_is_broken_off_in_whatever_moment_nothing_stays_open(CancellationToken cancellationToken)
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("SPEECH_STORM") ?? "60", CultureInfo.InvariantCulture);
        var random = new Random(16);
        model.Script = model.Script with { FirstToken = TimeSpan.FromMilliseconds(50), Jitter = TimeSpan.FromMilliseconds(50) };
        var waiting = new SemaphoreSlim(20);
        var runs = new List<Task>();
        for (var round = 0; round < rounds; round++)
        {
            await waiting.WaitAsync(cancellationToken);
            if (round % 10 == 0)
            {
                speech.Script = new SpeechScript
                {
                    PerCharacter = TimeSpan.FromMilliseconds(10),
                    Speed = 3,
                    FirstAudio = TimeSpan.FromMilliseconds(20),
                    FaultRate = 0.3,
                    Fault = Enum.GetValues<SpeechFault>()[random.Next(Enum.GetValues<SpeechFault>().Length)],
                    Seed = round,
                };
                model.Script = model.Script with
                {
                    FaultRate = 0.2,
                    Fault = Enum.GetValues<ModelFault>()[random.Next(Enum.GetValues<ModelFault>().Length)],
                    Seed = round,
                };
            }

            runs.Add(Run(random.Next(), waiting, cancellationToken));
        }

        await Task.WhenAll(runs);
        await Closed(TimeSpan.FromSeconds(6));
        await TestContext.Out.WriteLineAsync($"{model.Requests.All.Count} of the model, {speech.Requests.Count} of speech");
        Assert.That(speech.Requests, Has.Count.GreaterThan(rounds));
    }

    async Task Run(int seed, SemaphoreSlim waiting, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        try
        {
            await using var client = await ListeningClient.Connect(gateway, Yields);
            for (var turn = 0; turn < 2; turn++)
            {
                await Task.Delay(random.Next(400), cancellationToken);
                switch (random.Next(6))
                {
                    case 0:
                        await client.Invoke("EndCall");
                        return;
                    case 1:
                        await client.Invoke("Pause");
                        return;
                    case 2:
                        client.Reports = false;
                        break;
                    case 3:
                        return;
                    default:
                        await Task.WhenAll(client.Turns.Select(client.Interrupt));
                        break;
                }

                await client.Say($"r{turn}", "It costs forty thousand pounds a year.");
            }

            await Task.Delay(random.Next(800), cancellationToken);
        }
        finally
        {
            waiting.Release();
        }
    }

    /// <summary>A rehearsal whose buyer has said its first line.</summary>
    async Task<ListeningClient> Opened(CancellationToken cancellationToken)
    {
        var client = await ListeningClient.Connect(gateway, Yields);
        await Poll.Until(() => client.BuyerSaid.Any(), patience, "the buyer opens");
        return client;
    }

    async Task Closed(TimeSpan within)
    {
        await model.Requests.Until(requests => requests.All(request => request.End != RequestEnd.Open), within);
        await speech.Until(requests => requests.All(request => request.EndedMs is not null), within);
    }
}

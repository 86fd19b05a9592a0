using System.Text.Json.Nodes;
using Teleprompter.Tests.Integration.Gateway;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedSignIn;
using Teleprompter.Tests.ScriptedSpeech;

namespace Teleprompter.Tests.Integration.Cli;

/// <summary>The real command against the real gateway.</summary>
[CancelAfter(60_000)]
public sealed class CommandTests
{
    const string Call = "rep: So what do you think?\ncustomer: That is too expensive, isn't it?\nrep: Let us see.\n";

    string folder = null!;

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("teleprompter-cli-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_replayed_call_shows_its_transcript_its_card_and_where_the_time_went(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var run = await CommandRun.Of(cancellationToken, "replay", Write("call.txt", Call), "--url", $"{gateway.Address}", "--speed", "4");
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(
            run.Output,
            Does.Contain("customer  That is too expensive, isn't it?").And.Contain("(price-too-high)").And.Contain("progress  100 %"));
        Assert.That(run.Output, Does.Match("1 customer turns, 0 unanswered").And.Match(@"server, all of it\s+\d+\.\d\s+\d+\.\d\s+\d+\.\d"));
        Assert.That(run.Output, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task A_scripted_rehearsal_shows_the_buyer_and_what_it_cut_in_on(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var script = Write("script.txt", "# a comment\nIt is forty thousand pounds a year.\nSee it as an investment in the years ahead.\n");
        string[] rehearse = ["rehearse", "--url", $"{gateway.Address}", "--speed", "1", "--json", "--script", script, "--persona"];
        var run = await CommandRun.Of(cancellationToken, [.. rehearse, "finance-director"]);
        var report = JsonNode.Parse(run.Output)!;
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That((string?)report["persona"]!["name"], Is.EqualTo("Helena Marsh"));
        Assert.That((string?)report["cutOffs"]![0]!["why"], Is.EqualTo("You said \"investment\"."));
        Assert.That((int)report["buyerTurns"]!, Is.EqualTo(3), run.Error);
        Assert.That((int)report["answerMs"]!["count"]!, Is.EqualTo(1));
        Assert.That(report["scoreCard"]!["checks"]!.AsArray().Select(check => (string?)check!["question"]), Has.Exactly(8).Items);

        var unknown = await CommandRun.Of(cancellationToken, [.. rehearse, "nobody"]);
        Assert.That(unknown.ExitCode, Is.EqualTo(2));
        Assert.That(unknown.Error, Does.Contain("Use one of angry-renewal, finance-director"));
    }

    [Test]
    public async Task A_folder_of_personas_is_checked_without_a_gateway(CancellationToken cancellationToken)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "personas");
        var good = await CommandRun.Of(cancellationToken, "check", "--personas", shipped);
        Assert.That(good.ExitCode, Is.Zero, good.Output + good.Error);
        Assert.That(good.Output, Does.Contain("finance-director: Helena Marsh, Finance director at Kestrel Logistics"));
        Write("broken.md", "# Ann\n## Role\nBuyer\n");
        var broken = await CommandRun.Of(cancellationToken, "check", "--personas", folder);
        Assert.That(broken.ExitCode, Is.EqualTo(1));
        Assert.That(broken.Output, Does.Contain("broken.md(1): The persona has no company. Add '## Company' with a few words."));
    }

    [Test]
    public async Task With_json_stdout_is_one_document(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var run = await CommandRun.Of(
            cancellationToken, "replay", Write("call.txt", Call), "--url", $"{gateway.Address}", "--speed", "10", "--json");
        var report = JsonNode.Parse(run.Output)!;
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(
            ((int)report["turns"]!, (int)report["suggestions"]!, (string?)report["outcomes"]![0]!["reason"]),
            Is.EqualTo((1, 1, "byPlaybook")));
        Assert.That(run.Error, Does.Contain("too expensive"));
    }

    [Test]
    public async Task Where_people_sign_in_it_brings_a_token_and_says_so_where_none_is_accepted(CancellationToken cancellationToken)
    {
        await using var provider = await ScriptedSignInServer.StartAsync();
        await using var gateway = await RunningGateway.Start(null, provider.Settings);
        string[] replay = ["replay", Write("call.txt", Call), "--url", $"{gateway.Address}", "--speed", "10", "--token-file"];

        var let = await CommandRun.Of(cancellationToken, [.. replay, Write("token", await provider.AccessToken("ann") + "\n")]);
        Assert.That(let.ExitCode, Is.Zero, let.Output + let.Error);
        var refused = await CommandRun.Of(cancellationToken, [.. replay, Write("forged", "a.b.c")]);
        Assert.That(refused.ExitCode, Is.EqualTo(3));
        Assert.That(refused.Error, Does.Contain("access token"));
        var missing = await CommandRun.Of(cancellationToken, [.. replay, Path.Combine(folder, "none")]);
        Assert.That(missing.ExitCode, Is.EqualTo(2));
        Assert.That(missing.Error, Does.Contain("--token-file"));
    }

    [Test]
    public async Task Stopped_with_ctrl_c_it_ends_the_call_and_still_says_what_it_saw(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = CommandRun.Of(
            stop.Token, "replay", Write("call.txt", string.Concat(Enumerable.Repeat(Call, 50))), "--url", $"{gateway.Address}");
        stop.CancelAfter(TimeSpan.FromSeconds(2));
        var run = await running;
        Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
        Assert.That(run.Output, Does.Contain("unanswered"));
    }

    [Test]
    public async Task A_model_that_writes_control_characters_and_markup_is_shown_as_text(CancellationToken cancellationToken)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            new ModelScript { Text = "Say [red]this[/] \u001b[31mnow." }, cancellation: cancellationToken);
        await using var gateway = await RunningGateway.Start(
            null, $"--Model:Endpoint={model.Endpoint}", "--Model:Name=scripted", "--Model:ApiKey=none");
        var run = await CommandRun.Of(cancellationToken, "replay", Write("call.txt", Call), "--url", $"{gateway.Address}", "--speed", "10");
        Assert.That(run.Output, Does.Contain("Say [red]this[/]").And.Not.Contain("\u001b"), run.Error);
    }

    [Test]
    public async Task A_healthy_deployment_passes_every_step_of_the_check(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var run = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}", "--json");
        var report = JsonNode.Parse(run.Output)!;
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(((bool)report["healthy"]!, (string?)report["answeredBy"]), Is.EqualTo((true, "playbook")));
        Assert.That(
            report["steps"]!.AsArray().Select(step => (string?)step!["name"]),
            Is.EqualTo(
                new[]
                {
                    "/health/live", "/health/ready", "open a call", "first card", "first word", "suggestion complete", "turn settled",
                    "model",
                    "transcriber", "end the call", "speech",
                }));
    }

    [Test]
    public async Task A_check_says_that_the_model_failed_although_the_playbook_answered(CancellationToken cancellationToken)
    {
        await using var model = await ScriptedModelServer.StartAsync(
            new ModelScript { Fault = ModelFault.Status, Status = 404 }, cancellation: cancellationToken);
        await using var gateway = await RunningGateway.Start(
            null, $"--Model:Endpoint={model.Endpoint}", "--Model:Name=gone", "--Model:ApiKey=none");
        var run = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Output, Does.Match("ok +first card").And.Match("FAILED +model.*Model:Name"));
    }

    [Test]
    public async Task A_check_says_that_the_transcriber_does_not_answer(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start(
            null, "--Transcription:Provider=OpenAI", "--Transcription:Endpoint=http://127.0.0.1:9/v1", "--Transcription:Model=whisper-1");
        var run = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Output, Does.Match("FAILED +transcriber.*Transcription:Endpoint"));
    }

    [Test]
    public async Task A_check_says_who_speaks_in_rehearsals_and_whether_the_speech_server_gives_sound(CancellationToken cancellationToken)
    {
        await using var silent = await RunningGateway.Start();
        var browser = await CommandRun.Of(cancellationToken, "check", "--url", $"{silent.Address}");
        Assert.That(browser.Output, Does.Match("ok +speech.*the browser's own voices speak"));

        await using var speech = await ScriptedSpeechServer.StartAsync();
        await using var gateway = await RunningGateway.Start(
            null, "--Speech:Provider=OpenAI", $"--Speech:Endpoint={speech.Endpoint}", "--Speech:Model=scripted");
        var heard = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}");
        Assert.That(heard.ExitCode, Is.Zero, heard.Output + heard.Error);
        Assert.That(heard.Output, Does.Match(@"ok +speech +\d+\.\d ms  It answers with sound"));

        speech.Script = new SpeechScript { Fault = SpeechFault.Mp3 };
        var failed = await CommandRun.Of(cancellationToken, "check", "--url", $"{gateway.Address}");
        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.Output + failed.Error);
        Assert.That(failed.Output, Does.Match("ok +transcriber").And.Match("FAILED +speech.*Speech:Endpoint, Speech:Model, Speech:Voice"));
    }

    [Test]
    public async Task A_check_whose_question_no_card_knows_fails_and_says_what_to_do(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        var run = await CommandRun.Of(
            cancellationToken, "check", "--url", $"{gateway.Address}", "--question", "Did you see the game last night?");
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Match("FAILED  first card.*--question"));
    }

    [TestCase("check")]
    [TestCase("replay")]
    public async Task A_gateway_that_is_not_there_is_named_with_what_to_do(string command, CancellationToken cancellationToken)
    {
        string[] file = command == "replay" ? [Write("call.txt", Call)] : [];
        var run = await CommandRun.Of(cancellationToken, [command, .. file, "--url", "http://127.0.0.1:9"]);
        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Error, Does.Contain("http://127.0.0.1:9").And.Contain("--url"));
    }

    [Test]
    public async Task A_question_that_missed_its_card_is_listed_with_what_fired_instead(CancellationToken cancellationToken)
    {
        var questions = Write(
            "q.csv",
            "text,card\nThat is too expensive.,price-too-high\n\"That's too expensive, really.\",trial-or-pilot\nDid you see the game?,\n");
        var arguments = new[] { "match", "--playbook", Cards(), "--questions", questions, "--words" };
        var run = await CommandRun.Of(cancellationToken, arguments);
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("line 3: trial-or-pilot wanted, price-too-high fired: That's too expensive, really."));
        Assert.That(
            run.Output, Does.Contain("nearest price-too-high with").And.Contain("in its way '").And.Contain("1 x trial-or-pilot wanted"));
        Assert.That(run.Output, Does.Contain("accuracy 0.667, precision 0.500, recall 0.500"));

        Assert.That((await CommandRun.Of(cancellationToken, [.. arguments, "--min-precision", "0.9"])).ExitCode, Is.EqualTo(1));
        var json = JsonNode.Parse((await CommandRun.Of(cancellationToken, [.. arguments, "--json"])).Output)!;
        Assert.Multiple(() =>
        {
            Assert.That((int)json["questions"]!, Is.EqualTo(3));
            Assert.That((string)json["matcher"]!, Is.EqualTo("words"));
            Assert.That((string)json["misses"]![0]!["rival"]!["cardId"]!, Is.EqualTo("price-too-high"));
            Assert.That((string)json["confusions"]![0]!["fired"]!, Is.EqualTo("price-too-high"));
        });
    }

    [Test]
    public async Task Wrong_input_ends_with_two_and_names_the_place(CancellationToken cancellationToken)
    {
        var call = Write("call.txt", "nobody\n");
        await Fails(["replay", call], $"{call}:1: ");
        await Fails(["replay", Write("names.txt", "Ana: Hi.\nJonas: Hi.\n")], "--rep and one of 'Ana', 'Jonas'");
        await Fails(["replay", Path.Combine(folder, "gone.txt")], "gone.txt");
        await Fails(["match", "--playbook", Path.Combine(folder, "gone"), "--questions", call], "no folder");
        await Fails(["replay", call, "--speed", "0"], "--speed");
        await Fails(["check", "--url", "nowhere"], "--url");
        await Fails(["match"], "--playbook");

        async Task Fails(string[] arguments, string words)
        {
            var run = await CommandRun.Of(cancellationToken, arguments);
            Assert.That((run.ExitCode, run.Error), Is.EqualTo((2, run.Error)), run.Output);
            Assert.That(run.Error, Does.Contain(words));
        }
    }

    string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Cards() => Path.Combine(AppContext.BaseDirectory, "playbook");
}

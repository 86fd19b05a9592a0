using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Clock;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>What a client sends after a reconnect, as the golden scenarios tell it; the browser's SDK runs the same.</summary>
[CancelAfter(30_000)]
public sealed partial class ReconnectTests
{
    readonly ManualTimeProvider time = new();
    readonly List<string> sent = [];
    readonly List<string> told = [];
    readonly Dictionary<string, string> refusals = new(StringComparer.Ordinal);
    FakeGateway gateway = null!;
    CallClient client = null!;
    TaskCompletionSource open = null!;
    volatile bool silent;

    static IEnumerable<TestCaseData<ReconnectScenario>> Scenarios =>
        ReconnectScenario.Read().Select(scenario => new TestCaseData<ReconnectScenario>(scenario).SetArgDisplayNames(scenario.Name));

    [SetUp]
    public async Task Connect()
    {
        sent.Clear();
        told.Clear();
        refusals.Clear();
        silent = false;
        open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        open.SetResult();
        gateway = await FakeGateway.Start();
        gateway.Intercept = Take;
        client = new CallClient(new CallClientOptions(gateway.Address)
        {
            Brief = new CallBrief(CustomerName: "Lee"),
            Random = () => 0,
            Time = time,
            Trouble = Tell,
        });
        await client.ConnectAsync();
    }

    [TearDown]
    public async Task Close()
    {
        await client.DisposeAsync();
        await gateway.DisposeAsync();
    }

    [TestCaseSource(nameof(Scenarios))]
    public async Task After_a_reconnect(ReconnectScenario scenario, CancellationToken cancellationToken)
    {
        foreach (var step in scenario.Steps)
        {
            Copy(sent, clear: true);
            Copy(told, clear: true);
            foreach (var action in step.Do)
            {
                await Act(action, cancellationToken);
            }

            string[] expected = [.. step.Sent.SelectMany(ReconnectScenario.Expand)];
            bool AllCame() => Copy(sent).Count >= expected.Length && Copy(told).Count >= step.Told.Count;
            await Until(AllCame, () => Describe(expected), cancellationToken);
            await Until(
                () => client.Unacknowledged == step.Unsent, () => $"{step.Unsent} unsent, not {client.Unacknowledged}", cancellationToken);
            if (!silent && client.Connection.Phase is ConnectionPhase.Open)
            {
                await client.Resync();
                Assert.That(Copy(sent), Is.EqualTo(expected.Append(nameof(ICallHub.Resync))));
            }

            Assert.That(Copy(told), Is.EqualTo(step.Told));
        }

        var after = scenario.After ?? new ReconnectScenario.State();
        await Until(() => Now == after, () => $"{after}, not {Now}", cancellationToken);
    }

    ReconnectScenario.State Now => new()
    {
        Phase = JsonNamingPolicy.CamelCase.ConvertName(client.Connection.Phase.ToString()),
        Paused = client.View.Status.Paused,
        Brief = client.View.Brief.CustomerName,
        Dropped = client.Dropped,
        FeedbackWaiting = client.FeedbackWaiting,
    };

    async Task Act(string action, CancellationToken cancellationToken)
    {
        var words = action.Split(' ');
        var what = words.ElementAtOrDefault(1) ?? "";
        switch (words[0])
        {
            case "hear":
                foreach (var id in ReconnectScenario.Expand(what))
                {
                    client.Hear(new(id, Speaker.Customer, "Is it safe?", Final: true, EndOfTurn: true));
                }

                break;
            case "interim":
                client.Hear(new(what, Speaker.Customer, "Is it", Final: false));
                break;
            case "pause":
                await Ask(client.Pause(), wait: true);
                break;
            case "resume":
                await Ask(client.Resume(), wait: true);
                break;
            case "brief":
                await Ask(client.UpdateBrief(new CallBrief(CustomerName: what)), wait: true);
                break;
            case "feedback":
                client.SendFeedback(new SuggestionFeedback(what, Enum.Parse<FeedbackKind>(words[2], ignoreCase: true)));
                break;
            case "swap":
                await Ask(client.SwapSpeakers(), wait: true);
                break;
            case "suggest":
                await Ask(client.SuggestNow(), wait: true);
                break;
            case "end":
                await Ask(client.EndCall(), wait: client.Connection.Phase is not ConnectionPhase.Open);
                break;
            case "silence":
                silent = true;
                break;
            case "refuse":
                var refusal = Refusal().Match(action).Groups;
                refusals[refusal["label"].Value] = refusal["words"].Value;
                break;
            case "receive":
                foreach (var number in ReconnectScenario.Expand(what).Select(Number))
                {
                    var heard = new TranscriptUpdated($"e-{number}", Speaker.Customer, "Hi.", Final: true, EndOfTurn: true, 0, 0);
                    await gateway.Send(heard with { Number = number });
                }

                var last = Number(ReconnectScenario.Expand(what).Last());
                await Until(() => client.View.Number >= last, () => "the events come", cancellationToken);
                break;
            case "advance":
                // Waits for whoever holds the client's lock, and is about to arm a timer.
                _ = client.View;
                time.Advance(TimeSpan.FromMilliseconds(int.Parse(what, CultureInfo.InvariantCulture)));
                break;
            case "cut":
                open = new(TaskCreationOptions.RunContinuationsAsynchronously);
                gateway.Cut();
                await Until(() => client.Connection.Phase is not ConnectionPhase.Open, () => "the client notices", cancellationToken);
                break;
            case "reconnect" or "start":
                silent = false;
                var anew = words[0] == "start";
                gateway.Reply = request =>
                    new("call", "secret", anew ? 0 : request.Resume!.LastNumber, FakeGateway.ElapsedMs, Resumed: !anew);
                open.SetResult();
                await Until(() => client.Connection.Phase is ConnectionPhase.Open, () => "the client is back", cancellationToken);
                break;
            default:
                Assert.Fail($"Unknown action: {action}");
                break;
        }
    }

    /// <summary>What a caller is told of a request; a lost connection is no news.</summary>
    Task Ask(Task asked, bool wait)
    {
        var watched = Watch();
        return wait && !silent ? watched : Task.CompletedTask;

        async Task Watch()
        {
            try
            {
                await asked;
            }
            catch (CallDisconnectedException)
            {
                // Some of it is asked again.
            }
            catch (CallRefusedException refused)
            {
                Tell(refused.Message);
            }
        }
    }

    async Task<bool> Take(HubInvocationContext invocation)
    {
        if (invocation.HubMethodName == nameof(ICallHub.StartCall))
        {
            await open.Task;
            return true;
        }

        var label = $"{invocation.HubMethodName} {NameOf(invocation.HubMethodArguments.ElementAtOrDefault(0))}".Trim();
        string? refusal;
        lock (sent)
        {
            sent.Add(label);
            refusals.Remove(label, out refusal);
        }

        if (refusal is not null)
        {
            throw new HubException(refusal);
        }

        if (silent)
        {
            await Task.Delay(Timeout.Infinite, invocation.Context.ConnectionAborted);
        }

        return true;
    }

    void Tell(string message)
    {
        lock (told)
        {
            told.Add(message);
        }
    }

    string Describe(string[] expected) =>
        $"sent {string.Join(", ", expected)}, not {string.Join(", ", Copy(sent))}; told {string.Join(", ", Copy(told))}";

    static List<string> Copy(List<string> list, bool clear = false)
    {
        lock (list)
        {
            List<string> copy = [.. list];
            if (clear)
            {
                list.Clear();
            }

            return copy;
        }
    }

    static string? NameOf(object? argument) => argument switch
    {
        TranscriptSegment segment => segment.SegmentId,
        CallBrief brief => brief.CustomerName,
        SuggestionFeedback feedback => $"{feedback.SuggestionId} {JsonNamingPolicy.CamelCase.ConvertName(feedback.Kind.ToString())}",
        Progress progress => $"{progress.Number}",
        _ => null,
    };

    static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    static async Task Until(Func<bool> holds, Func<string> what, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            await Task.Yield();
            Assert.That(cancellationToken.IsCancellationRequested, Is.False, what);
        }
    }

    [GeneratedRegex(@"^refuse (?<label>.*?): (?<words>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Refusal();
}

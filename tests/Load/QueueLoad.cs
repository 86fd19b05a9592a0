using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Load;

/// <summary>
/// More calls ask at once than may be answered: who is served, who waits, what they see meanwhile, and what becomes of each question.
/// </summary>
static class QueueLoad
{
    const int Slots = 3;
    const int Rounds = 2;

    /// <summary>So close that all ask at once, and far enough apart for an order.</summary>
    static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(2);

    /// <summary>Every question is settled long before.</summary>
    static readonly TimeSpan RoundTakes = TimeSpan.FromSeconds(11);

    /// <summary>
    /// A slot passes from one call to the next in the worker; the model and the client hear of it on different ways, this far apart at
    /// most.
    /// </summary>
    static readonly double handOverMs = 20;

    static readonly ModelScript quick = new() { FirstToken = TimeSpan.FromMilliseconds(10), TokenPace = TimeSpan.FromMilliseconds(1) };

    public static async Task<QueueReport> Run(int calls)
    {
        await using var stage = await ModelStage.Start(calls, $"--Admission:Slots={Slots}");
        await stage.Script(quick);
        await stage.Speak(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8));
        await stage.Script(new ModelScript());
        var machine = MachineReading.Now();
        var begunMs = ScriptedModelServer.NowMs;
        for (var round = 0; round < Rounds; round++)
        {
            await OpenLoop.Play(stage.Calls.Select((call, index) => new Cue(Spacing * index, call.Say)));
            await Task.Delay(RoundTakes);
        }

        var use = MachineReading.Now().Since(machine);
        var requests = await stage.Requests();
        var questions = stage.Calls.SelectMany(call => QuestionsOf(call, requests, begunMs)).OrderBy(question => question.Turn.Number)
            .ToList();
        var served = questions.Where(question => question.ReceivedMs is not null).OrderBy(question => question.ReceivedMs).ToList();
        return new QueueReport(
            calls,
            Slots,
            Rounds,
            LatencyReport.Of([.. questions.Select(question => question.CardMs - question.Turn.AtMs)]),
            LatencyReport.Of(
                [.. questions.Where(question => question.BusyMs is not null).Select(question => question.BusyMs - question.Turn.AtMs)]),
            LatencyReport.Of([.. questions.Select(question => question.SettledMs - question.Turn.AtMs)]),
            questions.CountBy(question => question.Outcome, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            MostAtOnce(served.Select(question => (question.ReceivedMs!.Value, question.EndedMs ?? double.MaxValue))),
            MostAtOnce(questions.Select(question => question.Pending(handOverMs)).OfType<(double, double)>()),
            served.Zip(served.Skip(1)).Select(pair => pair.First.Turn.AtMs - pair.Second.Turn.AtMs).Append(0).Max(),
            use);
    }

    static IEnumerable<Question> QuestionsOf(RecordedCall call, IReadOnlyDictionary<long, ModelRequest> requests, double sinceMs)
    {
        var screen = new Screen(call.Heard());
        foreach (var turn in call.Said.Where(turn => turn.AtMs >= sinceMs))
        {
            var request = requests.GetValueOrDefault(turn.Number);
            var settledMs = screen.SettledMs(turn);
            var statuses = screen.Of<StatusChanged>(turn.AtMs).Where(one => settledMs is null || one.AtMs <= settledMs).ToList();
            yield return new Question(
                turn,
                screen.CardMs(turn),
                First(statuses.Where(one => one.Event.Status.Busy)),
                First(statuses.Where(one => one.Event.Status is { Thinking: true, Busy: false })),
                request?.ReceivedMs,
                request?.EndedMs,
                settledMs,
                screen.Settled(turn) is { } settled ? $"{settled.Outcome}, {settled.Reason}" : "not settled");
        }
    }

    static double? First(IEnumerable<(double AtMs, StatusChanged Event)> statuses) =>
        statuses.Select(one => (double?)one.AtMs).FirstOrDefault();

    static int MostAtOnce(IEnumerable<(double From, double Until)> spans)
    {
        var (now, most) = (0, 0);
        foreach (var (_, change) in spans.SelectMany(span => new[] { (span.From, 1), (span.Until, -1) }).Order())
        {
            now += change;
            most = Math.Max(most, now);
        }

        return most;
    }
}

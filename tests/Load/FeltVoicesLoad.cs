using System.Collections.Concurrent;
using System.Text;
using Teleprompter.Contracts;
using Teleprompter.Tests.ScriptedModel;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Calls of two voices, each of the same recording: from the end of the customer's voice to the first words that stay on the screen, beside
/// a client that has the words transcribed when its gate closes, 200 ms after that end, and asks the same model.
/// </summary>
static class FeltVoicesLoad
{
    /// <summary>Words belong to the turn whose end is so near to theirs.</summary>
    const long SameEndMs = 450;

    static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    static readonly TimeSpan ModelTakes = TimeSpan.FromMilliseconds(400);

    public static async Task<FeltVoicesReport> Run(int calls)
    {
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(
            Recording.Load(VoiceRecording.Find("audio/sales-call.wav")), new TranscriberScript { Delay = AudioLoad.TranscriberTakes });
        await using var stage = await ModelStage.Start(
            calls, "--Admission:Slots=1000", "--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}",
            "--Transcription:Model=scripted");
        await stage.Script(new ModelScript { FirstToken = ModelTakes });
        using var http = new HttpClient();
        var floor = new ConcurrentBag<double?>();
        var countedMs = ScriptedModelServer.NowMs + WarmUp.TotalMilliseconds;
        var machine = MachineReading.Now();
        var (frames, lengthMs) = VoiceRecording.Load();
        var spoken = await Task.WhenAll(stage.Calls.Select(async (call, index) =>
        {
            // The calls' turns do not end together.
            await Task.Delay(TimeSpan.FromMilliseconds(lengthMs / 4.0 * index / calls));
            return await Play(
                call, frames, ended => ended.AtMs >= countedMs ? Ask(http, stage.ModelAddress, ended, floor) : Task.CompletedTask);
        }));
        await Task.Delay(FeltCalls.Pause);
        var use = MachineReading.Now().Since(machine);
        var felt = stage.Calls.Zip(spoken, (call, ends) => Felt(call.Heard(), ends.Where(ended => ended.AtMs >= countedMs)))
            .SelectMany(each => each).ToList();
        var sent = (await stage.AllRequests()).Where(request => request.Model == ModelServers.Suggestions)
            .Sum(request => request.TokensSent);
        var shown = stage.Calls.Sum(call => call.Heard().Select(heard => heard.Event).OfType<SuggestionDelta>().Sum(Tokens));
        return new FeltVoicesReport(
            calls,
            felt.Count,
            LatencyReport.Of([.. felt.Where(ms => ms is not null)]),
            LatencyReport.Of(floor),
            (double)(sent - shown) / shown,
            use);
    }

    /// <summary>Streams the recording's voices into a call in real time.</summary>
    /// <returns>The customer's turns, by their ends: on the call's clock, and on the machine's.</returns>
    static async Task<IReadOnlyList<(long EndMs, double AtMs)>> Play(
        RecordedCall call, IReadOnlyList<VoiceFrame> frames, Func<(long EndMs, double AtMs), Task> ended)
    {
        call.Live.OpenVoices();
        var (originMs, beganMs) = (call.Live.NowMs, ScriptedModelServer.NowMs);
        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        var (turns, asked) = (new List<(long EndMs, double AtMs)>(), new List<Task>());
        foreach (var frame in frames)
        {
            // A frame is sent once all of it was spoken.
            var spokenMs = beganMs + frame.AtMs + (frame.Pcm.Length / 32);
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, spokenMs - ScriptedModelServer.NowMs)));
            var number = numbers.GetValueOrDefault(frame.Speaker);
            numbers[frame.Speaker] = number + 1;
            call.Live.Speak(frame, number, originMs + frame.AtMs);
            if (frame is { Speaker: "customer", EndsTurn: { } endMs })
            {
                turns.Add((originMs + endMs, beganMs + endMs));
                asked.Add(ended(turns[^1]));
            }
        }

        await Task.WhenAll(asked);
        return turns;
    }

    /// <summary>Of each turn, the time to the first words of the suggestion that it settled with; null where it needed none.</summary>
    static IEnumerable<double?> Felt(IReadOnlyList<HeardEvent> heard, IEnumerable<(long EndMs, double AtMs)> ends)
    {
        var firstWords = heard.Where(one => one.Event is SuggestionDelta { Index: 0 })
            .ToDictionary(one => ((SuggestionDelta)one.Event).SuggestionId, one => one.AtMs, StringComparer.Ordinal);
        var finals = heard.Select(one => one.Event).OfType<TranscriptUpdated>()
            .Where(words => words is { Final: true, Speaker: Speaker.Customer }).ToList();
        var settled = heard.Select(one => one.Event).OfType<TurnSettled>().ToList();
        foreach (var (endMs, atMs) in ends)
        {
            var segments = finals.Where(words => Math.Abs(words.EndMs - endMs) < SameEndMs).Select(words => words.SegmentId).ToList();
            var suggestion = settled.FirstOrDefault(turn => segments.Contains(turn.TurnId))?.SuggestionId;
            yield return suggestion is not null && firstWords.TryGetValue(suggestion, out var wordsMs) ? Math.Max(0, wordsMs - atMs) : null;
        }
    }

    static async Task Ask(HttpClient http, Uri model, (long EndMs, double AtMs) ended, ConcurrentBag<double?> floor)
    {
        await Task.Delay(AudioLoad.TranscriberTakes);
        using var bare = new BareModel(http, model);
        await bare.FirstToken(Encoding.UTF8.GetBytes($"{ended.EndMs} "));
        floor.Add(ScriptedModelServer.NowMs - ended.AtMs);
        await bare.Rest();
    }

    // The scripted model's tokens are words with the space before them.
    static int Tokens(SuggestionDelta delta) => delta.Text.Count(letter => letter == ' ') + (delta.Index == 0 ? 1 : 0);
}

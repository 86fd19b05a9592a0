using System.Globalization;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Load;

/// <summary>
/// Calls of two speakers whose voices stream in real time into one gateway and one worker, each at another place of the same recording. The
/// transcriber answers in this process, always the same; or Whisper runs in the worker, on a scripted model of a size that is named.
/// </summary>
static class AudioLoad
{
    const string LostFrames = "teleprompter_transcription_frames_dropped_total";
    const string RefusedMessages = "teleprompter_messages_refused_total";
    const string Words = "How much does it cost per seat?";

    /// <summary>Until then the servers compile what they need, and as many turns are open as later on.</summary>
    static readonly TimeSpan RampUp = TimeSpan.FromSeconds(8);

    static readonly TimeSpan WordsTake = TimeSpan.FromSeconds(2);

    /// <summary>How long the transcriber takes.</summary>
    public static readonly TimeSpan TranscriberTakes = TimeSpan.FromMilliseconds(200);

    /// <param name="whisper">A size of <see cref="WhisperSize.Published"/>; null for the transcriber that only takes its time.</param>
    public static async Task<AudioReport> Run(int count, TimeSpan duration, string? whisper)
    {
        await using var transcriber = await ScriptedTranscriberServer.StartAsync(
            script: new TranscriberScript { Delay = TranscriberTakes, Otherwise = Words });
        var folder = Directory.CreateTempSubdirectory("teleprompter-whisper-");
        var model = Path.Combine(folder.FullName, $"scripted-{whisper}.bin");
        if (whisper is not null)
        {
            ScriptedWhisperModel.Write(model, WhisperSize.Published[whisper], Words);
        }

        string[] transcribes = whisper is null
            ? ["--Transcription:Provider=OpenAI", $"--Transcription:Endpoint={transcriber.Endpoint}", "--Transcription:Model=scripted"]
            : ["--Transcription:Provider=WhisperNet", $"--Transcription:Model={model}"];
        await using var redis = await RedisProcess.Start();
        var meet = $"--ConnectionStrings:Redis={redis.Address}";
        await using var worker = await ServerProcess.StartWorker([meet, .. transcribes, "--Transcription:Slots=200"]);
        folder.Delete(recursive: true);
        await using var gateway = await ServerProcess.StartGateway(meet);

        var (frames, lengthMs) = VoiceRecording.Load();
        var calls = new List<VoiceCall>();
        while (calls.Count < count)
        {
            calls.AddRange(
                await Task.WhenAll(Enumerable.Range(0, Math.Min(10, count - calls.Count)).Select(_ => VoiceCall.Start(gateway.Address))));
        }

        using var stop = new CancellationTokenSource();
        var pings = KeepAlive.Run(() => calls.Select(call => call.Live), stop.Token);
        foreach (var call in calls)
        {
            call.Begin();
        }

        var playing = OpenLoop.Play(Cues(calls, frames, lengthMs, RampUp + duration));
        await Task.Delay(RampUp);
        var before = (
            Gateway: gateway.Reading,
            Worker: worker.Reading,
            Redis: redis.Reading,
            Client: ProcessReading.OfThis(),
            Machine: MachineReading.Now());
        await playing;
        var use = new AudioUse(
            gateway.Reading.Since(before.Gateway),
            worker.Reading.Since(before.Worker),
            redis.Reading.Since(before.Redis),
            ProcessReading.OfThis().Since(before.Client),
            MachineReading.Now().Since(before.Machine));
        await Task.Delay(WordsTake);
        var lost = await Sum(worker, LostFrames) + await Sum(gateway, RefusedMessages);
        await stop.CancelAsync();
        await pings;
        var report = new AudioReport(
            count,
            duration.TotalSeconds,
            whisper is null
                ? $"the transcriber takes {TranscriberTakes.TotalMilliseconds:F0} ms"
                : $"Whisper {whisper} in the worker",
            calls.Sum(call => call.Sent),
            lost,
            LatencyReport.Of([.. calls.SelectMany(call => call.Delays)]),
            use);
        foreach (var call in calls)
        {
            await call.DisposeAsync();
        }

        return report;
    }

    /// <summary>
    /// Every frame of every call once it was spoken, from the first turn that is heard whole; the recording begins anew where it ends.
    /// </summary>
    static IEnumerable<Cue> Cues(List<VoiceCall> calls, IReadOnlyList<VoiceFrame> frames, long lengthMs, TimeSpan duration)
    {
        var rounds = (int)(duration.TotalMilliseconds / lengthMs) + 2;
        return calls.SelectMany((call, index) => Enumerable.Range(0, rounds).SelectMany(round => frames.Select(frame =>
            {
                var shiftMs = (round * lengthMs) - (index * lengthMs / calls.Count);
                var atMs = frame.AtMs + shiftMs;
                var spokenMs = atMs + (frame.Pcm.Length / 32);
                return (
                    TurnAtMs: frame.TurnAtMs + shiftMs, Cue: new Cue(TimeSpan.FromMilliseconds(spokenMs), _ => call.Speak(frame, atMs)));
            })))
            .Where(cue => cue.TurnAtMs >= 0 && cue.Cue.At < duration)
            .Select(cue => cue.Cue)
            .OrderBy(cue => cue.At);
    }

    /// <summary>What a server counts under a name, whatever the reason.</summary>
    static async Task<long> Sum(ServerProcess server, string metric)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"http://{server.Address.Authority}/metrics"));
        return page.Split('\n').Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => (long)double.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture));
    }
}

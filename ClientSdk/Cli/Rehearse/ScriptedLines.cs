using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Cli.Rehearse;

/// <summary>The lines of a file, spoken word by word, until the buyer cuts in.</summary>
sealed class ScriptedLines(IReadOnlyList<string> lines, double speed, TimeProvider time) : IRepLines
{
    const double WordsPerSecond = 2.6;

    /// <summary>A recogniser tells what it has heard about so often.</summary>
    static readonly TimeSpan PartialEvery = TimeSpan.FromMilliseconds(300);

    /// <summary>Longer than a buyer needs whose model does not answer.</summary>
    static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(8);

    /// <exception cref="InputException">There is no such file, it is no text, or it holds no line.</exception>
    public static ScriptedLines Read(string file, double speed, TimeProvider time)
    {
        try
        {
            var lines = TextFile.Read(file).Split('\n').Select(line => line.Trim())
                .Where(line => line.Length > 0 && line[0] != '#').ToList();
            return lines.Count > 0 ? new(lines, speed, time) : throw new InputException($"--script: {file} holds no line to say.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TextFormatException)
        {
            throw new InputException($"--script: {file} cannot be read. {error.Message}");
        }
    }

    public async Task Say(CallClient client, BuyerTurns buyer, CancellationToken stop)
    {
        await buyer.Next(AnsweredWithin, stop);
        for (var number = 1; number <= lines.Count && client.View.Ended is null; number++)
        {
            var answered = buyer.Count;
            await Speak(client, buyer, $"script-{number}", lines[number - 1].Split(' '), stop);
            if (buyer.Count == answered)
            {
                await buyer.Next(AnsweredWithin, stop);
            }
        }
    }

    async Task Speak(CallClient client, BuyerTurns buyer, string id, string[] words, CancellationToken stop)
    {
        var (startMs, cutOffs, started) = ((long)client.Elapsed.TotalMilliseconds, buyer.CutOffs, time.GetTimestamp());
        for (var said = 0; said < words.Length;)
        {
            await Task.Delay(PartialEvery / speed, time, stop);
            said = Math.Min(words.Length, (int)(time.GetElapsedTime(started).TotalSeconds * WordsPerSecond * speed));
            var cutOff = buyer.CutOffs > cutOffs;
            if (said == 0)
            {
                continue;
            }

            var text = string.Join(' ', words.Take(said));
            var final = cutOff || said == words.Length;
            if (final)
            {
                buyer.RepEnds();
            }

            client.Hear(new TranscriptSegment(id, Speaker.Rep, text, final, final, startMs, (long)client.Elapsed.TotalMilliseconds));
            if (cutOff)
            {
                return;
            }
        }
    }
}

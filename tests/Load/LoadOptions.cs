using System.Globalization;
using Teleprompter.Tests.ScriptedTranscriber;

namespace Teleprompter.Tests.Load;

/// <summary>What a run is told.</summary>
sealed record LoadOptions(
    string Command,
    int Calls,
    int Connections,
    int Viewers,
    TimeSpan TurnEvery,
    TimeSpan Duration,
    int Fault,
    bool Redis,
    bool Audio,
    bool Json,
    string? Whisper,
    string? Write)
{
    public const string Usage = """
        Measures a gateway in a process of its own on this machine, beside the floor: a bare WebSocket on the same Kestrel.

          cards   [--calls 50] [--every 2] [--seconds 20]   customer turns that the playbook answers: time until the card is on the wire
          idle    [--connections 1000]                      calls in which nobody speaks: memory and CPU
          reconnect [--connections 1000]                    signed-in clients come back at once, each with a ticket: how long until all calls are open

        With the scripted model in a process of its own (300 ms to the first token, 40 tokens at 20 ms):

          live    [--calls 500] [--every 6] [--seconds 24]  many live calls: what is added to the model's own time, CPU, memory, tokens
          climb   [--calls 250] [--every 6] [--seconds 8]   more calls step by step, until added p99 passes 25 ms: how many, and what gives way
          stuck   [--calls 50] [--every 0.5] [--seconds 60] one client and then ten that never read: what the others notice
          hostile [--calls 20] [--connections 50]           hostile clients beside calls whose customers speak word by word: what those feel, and
                  [--seconds 60]                            what is left of the abuse in memory and log; --seconds 600 for ten minutes of abuse
          rehearsals [--calls 100] [--connections 50]       rehearsals beside calls whose customers speak word by word: what those feel
                  [--seconds 60]                            with them and without, and how soon the buyers answer
          lead    [--calls 500] [--viewers 20] [--every 6]  team leads watch: what that adds to gateway and worker, how long until a record is on every
                  [--seconds 24]                            screen, and how true the percentiles are; apart, over Redis
          model   [--calls 50] [--every 2] [--seconds 20]   what is added to the model's own time until the first words are on the wire
                  [--redis]                                 the same with gateway and worker apart, over a redis-server of its own
          felt    [--calls 12] [--seconds 20]               customers speak word by word: last word to first words that stay, beside asking at the final
                  [--audio]                                 voices of a recording, transcribed in 200 ms: end of the voice to first words
          cancel  [--calls 50] [--seconds 20]               a newer turn comes: time until the model sees the older stream closed
          speech  [--calls 10] [--seconds 20] [--redis]     rehearsals whose buyers speak: last word to first sound; both streams closed
          queue   [--calls 40]                              all ask at once for three streams: who waits, how long, and what becomes of it
          torrent [--calls 1] [--every 0.25] [--seconds 20] one sentence after the other: how long a suggestion is on screen
          faults  [--calls 5] [--every 1.5] [--seconds 20]  the model hangs, fails, is slow, and comes back
                  [--fault 1 to 4]                          only one of these

        With gateway and worker apart over a redis-server of its own, and a transcriber that answers after 200 ms:

          audio   [--calls 100] [--seconds 24]              two-speaker calls streaming a recording in real time: frames lost, CPU of each process, how late the words are
                  [--whisper large-v3-turbo]                with Whisper in the worker, on a scripted model of that size

          --json                                            writes the figures as JSON

          docs    [--write tests/README.md]                 runs live, idle, climb, stuck and felt, and writes their table as Markdown: about four minutes
        """;

    /// <summary>Reads the command line.</summary>
    /// <returns>Null when it makes no sense.</returns>
    public static LoadOptions? Parse(string[] arguments)
    {
        var command = arguments.FirstOrDefault() ?? "";
        var (calls, every) = command switch
        {
            "live" or "lead" => (500, 6),
            "climb" => (250, 6),
            "stuck" => (50, 0.5),
            "audio" or "rehearsals" => (100, 2),
            "queue" => (40, 2),
            "speech" => (10, 2),
            "felt" => (12, 2),
            "hostile" => (20, 2),
            "torrent" => (1, 0.25),
            "faults" => (5, 1.5),
            _ => (50, 2),
        };
        var seconds = command switch
        {
            "live" or "lead" or "audio" => 24,
            "climb" => 8,
            "stuck" or "hostile" or "rehearsals" => 60,
            _ => 20,
        };
        var options = new LoadOptions(
            command,
            calls,
            Connections: command is "hostile" or "rehearsals" ? 50 : 1000,
            Viewers: 20,
            TimeSpan.FromSeconds(every),
            TimeSpan.FromSeconds(seconds),
            Fault: 0,
            Redis: false,
            Audio: false,
            Json: false,
            Whisper: null,
            Write: null);
        for (var i = 1; i < arguments.Length; i++)
        {
            var value = i + 1 < arguments.Length && double.TryParse(
                arguments[i + 1], CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : 0;
            var next = (arguments[i], value) switch
            {
                ("--json", _) => options with { Json = true },
                ("--audio", _) => options with { Audio = true },
                ("--redis", _) => options with { Redis = true },
                ("--write", _) when i + 1 < arguments.Length => options with { Write = arguments[i + 1] },
                ("--whisper", _) when i + 1 < arguments.Length && WhisperSize.Published.ContainsKey(arguments[i + 1]) =>
                    options with { Whisper = arguments[i + 1] },
                ("--calls", > 0) => options with { Calls = (int)value },
                ("--fault", >= 1 and <= 4) => options with { Fault = (int)value },
                ("--connections", > 0) => options with { Connections = (int)value },
                ("--viewers", > 0) => options with { Viewers = (int)value },
                ("--every", > 0) => options with { TurnEvery = TimeSpan.FromSeconds(value) },
                ("--seconds", > 0) => options with { Duration = TimeSpan.FromSeconds(value) },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            i += arguments[i] is "--json" or "--redis" or "--audio" ? 0 : 1;
            options = next;
        }

        return options;
    }
}

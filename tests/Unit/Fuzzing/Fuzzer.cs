using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Teleprompter.Tests.Unit.Fuzzing;

/// <summary>
/// Throws mutated samples at a parser. Every round has a seed of its own, which a failure names: FUZZ_SEED runs that round alone.
/// FUZZ_SECONDS is the time for each parser, three seconds without it.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Seeded on purpose.")]
static class Fuzzer
{
    static readonly TimeSpan duration = TimeSpan.FromSeconds(Number("FUZZ_SECONDS") ?? 3);

    /// <summary>What parsers stumble over: signs of markup, odd spaces, halves of characters, other digits.</summary>
    static readonly string[] odd =
    [
        .. "\0\uFEFF\r\n\t :-<>[]{}()\"'\\/*_#|`,.;&=0159aZ".Select(sign => $"{sign}"),
        "ä", "ß", "💰", "\u2028", "\u202E", "٣", "\\ud83d", "\\u0000", "1e999", "-0.5", "null", "\uFFFF",
    ];

    /// <summary>Runs rounds until the time is over.</summary>
    /// <param name="samples">Well-formed text.</param>
    /// <param name="parse">Throws what the parser promises never to throw.</param>
    public static Task Run(IEnumerable<string> samples, Action<string, Random> parse) =>
        Run([.. samples.Select(Encoding.UTF8.GetBytes)], (bytes, random) =>
        {
            parse(Encoding.UTF8.GetString(bytes), random);
            return Task.CompletedTask;
        });

    /// <summary>Runs rounds until the time is over.</summary>
    /// <param name="samples">Well-formed input.</param>
    /// <param name="parse">Throws what the parser promises never to throw.</param>
    public static async Task Run(IReadOnlyList<byte[]> samples, Func<byte[], Random, Task> parse)
    {
        var first = Number("FUZZ_SEED") ?? Environment.TickCount;
        var started = Stopwatch.GetTimestamp();
        var rounds = 0;
        do
        {
            var seed = unchecked(first + rounds++);
            var random = new Random(seed);
            var input = Mutate(samples, random);
            try
            {
                await parse(input, random).WaitAsync(TimeSpan.FromSeconds(30));
            }
            catch (Exception fault)
            {
                throw new AssertionException($"FUZZ_SEED={seed}: {fault.Message}\n{Convert.ToBase64String(input)}", fault);
            }
        }
        while (Number("FUZZ_SEED") is null && Stopwatch.GetElapsedTime(started) < duration);
        await TestContext.Out.WriteLineAsync($"{rounds} rounds from FUZZ_SEED={first}");
    }

    static byte[] Mutate(IReadOnlyList<byte[]> samples, Random random)
    {
        List<byte> bytes = [.. samples[random.Next(samples.Count)]];
        for (var i = random.Next(8); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 4:
                    var other = samples[random.Next(samples.Count)];
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(1, 80))]);
                    break;
                default:
                    var sign = Encoding.UTF8.GetBytes(odd[random.Next(odd.Length)]);
                    bytes.InsertRange(at, Enumerable.Repeat(sign, random.Next(1, 4)).SelectMany(one => one));
                    break;
            }
        }

        return [.. bytes];
    }

    static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}

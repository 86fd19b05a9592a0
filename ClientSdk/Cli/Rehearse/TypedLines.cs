using Teleprompter.ClientSdk;
using Teleprompter.Contracts;

namespace Teleprompter.Cli.Rehearse;

/// <summary>The rep types: a line is a turn, an empty one the end.</summary>
sealed class TypedLines(TextReader input) : IRepLines
{
    public async Task Say(CallClient client, BuyerTurns buyer, CancellationToken stop)
    {
        // A console cannot be read in a way that can be cancelled: the read that is under way is left behind.
        for (var number = 1; await Task.Run(input.ReadLine, stop).WaitAsync(stop) is { Length: > 0 } line; number++)
        {
            buyer.RepEnds();
            var atMs = (long)client.Elapsed.TotalMilliseconds;
            client.Hear(new TranscriptSegment($"typed-{number}", Speaker.Rep, line, Final: true, EndOfTurn: true, atMs, atMs));
        }
    }
}

using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Redis;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>A rep who rehearses: what they say, and what their screen shows of the buyer.</summary>
sealed class RehearsingRep(FaultClient client)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public FaultClient Client => client;

    public SpeechPlayer Player { get; } = new(client);

    public CallView Screen =>
        client.Sightings.OfType<Saw>().Aggregate(new CallView(), (screen, saw) => screen.Apply(saw.Event).View);

    /// <summary>The buyer's turns, oldest first.</summary>
    public IReadOnlyList<SegmentView> Turns => [.. Screen.Segments.Where(segment => segment.Speaker == Speaker.Customer)];

    /// <summary>The longest time that they saw nothing because a connection was lost.</summary>
    public TimeSpan LongestAway
    {
        get
        {
            var seen = client.Sightings;
            var ends = Enumerable.Range(0, seen.Count).Where(i => seen[i] is Closed).Select(i => (
                Last: seen.Take(i).OfType<Saw>().LastOrDefault()?.AtMs, Next: seen.Skip(i).OfType<Saw>().FirstOrDefault()?.AtMs));
            return TimeSpan.FromMilliseconds(ends.Max(end => end.Next - end.Last) ?? 0);
        }
    }

    public void Say(string words) => client.Say(words, Speaker.Rep);

    /// <summary>Goes on speaking, without an end, until the buyer cuts in.</summary>
    public async Task SayUntilCutOff(string words)
    {
        var segment = new TranscriptSegment($"{client.Name}-{client.Said.Count}", Speaker.Rep, words, Final: false);
        await Until(
            async () =>
            {
                await client.Invoke("SendTranscript", segment with { Text = $"{words} and {client.Sightings.Count}" });
                // A recogniser tells more words ten times a second.
                await Task.Delay(100);
                return Screen.Rehearsal?.CutOffs.Count > 0;
            },
            "the buyer cuts in");
    }

    /// <summary>Waits until the buyer has said so many turns, or is in the middle of the last of them.</summary>
    /// <returns>That turn as it is on the screen.</returns>
    public async Task<SegmentView> Turn(int number, bool ended)
    {
        SegmentView? turn = null;
        await Until(
            () => Task.FromResult(
                Turns is var turns && turns.Count == number && (turn = turns[^1]).Final == ended
                && (ended || turn.Text.Split(' ').Length >= 3)),
            $"turn {number} of the buyer is {(ended ? "over" : "being said")}");
        return turn!;
    }

    public async Task Until(Func<Task<bool>> condition, string what)
    {
        try
        {
            await Poll.Until(condition, Patience, what);
        }
        catch (TimeoutException late)
        {
            var said = string.Join(" / ", Screen.Segments.Select(segment => $"{segment.SegmentId} {segment.Final}: {segment.Text}"));
            throw new TimeoutException($"{late.Message} The screen shows {said}. It saw {client.Tail()}", late);
        }
    }
}

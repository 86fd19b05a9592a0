using Teleprompter.Tests.ScriptedModel;

namespace Teleprompter.Tests.Integration.Faults;

/// <summary>Judges what the model was asked: one stream a call, and none that outlives its cancel.</summary>
static class UpstreamStreams
{
    /// <summary>How long a stream may stay open beside the one that replaced it.</summary>
    static readonly TimeSpan CancelWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>How long two owners' streams may overlap when the older owner is alive but cut off: until it falls silent.</summary>
    static readonly TimeSpan TakeoverWithin = TimeSpan.FromSeconds(4);

    /// <summary>Judges.</summary>
    /// <param name="requests">The model's record.</param>
    /// <param name="clients">Whose calls; a request carries the number of its client's question.</param>
    /// <param name="frozen">A process that was frozen could close nothing: its streams are not judged by time, only by number.</param>
    /// <param name="untold">
    /// The older owner could not be told that it was replaced, because its subscription was gone: it ends its streams once it is mended, or
    /// when it has heard of no reader for a while.
    /// </param>
    public static IEnumerable<string> Violations(
        IReadOnlyList<ModelRequest> requests, IReadOnlyList<FaultClient> clients, bool frozen, bool untold)
    {
        var names = clients.ToDictionary(client => (long)client.Number, client => client.Name);
        var byCall = requests.Where(request => request is { Streamed: true, Marker: not null })
            .GroupBy(request => request.Marker!.Value / 10_000).Where(call => names.ContainsKey(call.Key));
        foreach (var call in byCall)
        {
            ModelRequest[] streams = [.. call.OrderBy(request => request.ReceivedMs)];
            for (var i = 1; i < streams.Length; i++)
            {
                var newer = streams[i];
                var overlap = streams[..i].Max(older => OverlapMs(older, newer));
                var allowed = OtherLoad.Lengthen((untold ? TakeoverWithin : CancelWithin).TotalMilliseconds, newer.ReceivedMs);
                if (overlap > allowed && !frozen)
                {
                    yield return FormattableString.Invariant(
                        $"{names[call.Key]}: a stream stayed open {overlap:0} ms beside the one that replaced it (at ")
                        + FormattableString.Invariant($"{newer.ReceivedMs:0})");
                }

                if (
                    i > 1 && streams[i - 2].EndedMs is var oldest && (
                        oldest ?? ScriptedModelServer.NowMs) - newer.ReceivedMs
                        > OtherLoad.Lengthen(TakeoverWithin.TotalMilliseconds, newer.ReceivedMs))
                {
                    yield return $"{names[call.Key]}: three streams are open at once";
                }
            }
        }
    }

    /// <summary>
    /// How long two streams were open where one should have been. Of two that answer the same question, as where the first words of one are
    /// late, one is too many once either has words.
    /// </summary>
    static double OverlapMs(ModelRequest older, ModelRequest newer)
    {
        if (older.Marker != newer.Marker)
        {
            return EndOf(older) - newer.ReceivedMs;
        }

        var decided = Math.Max(newer.ReceivedMs, Math.Min(WordsOf(older), WordsOf(newer)));
        return Math.Min(EndOf(older), EndOf(newer)) - decided;
    }

    static double EndOf(ModelRequest request) => request.EndedMs ?? ScriptedModelServer.NowMs;

    static double WordsOf(ModelRequest request) => request.ReceivedMs + request.FirstTokenMs ?? double.PositiveInfinity;
}

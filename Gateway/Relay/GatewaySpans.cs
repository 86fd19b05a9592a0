using Teleprompter.Contracts;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.Relay;

/// <summary>
/// Measures the gateway's part of a suggestion, from receiving a turn's last segment to sending the first words. What the worker did not
/// account for of it is the bus, so no two clocks are compared.
/// </summary>
public sealed class GatewaySpans(TimeProvider time)
{
    const int TurnsKept = 64;

    readonly Dictionary<string, long> received = new(StringComparer.Ordinal);
    (string SuggestionId, long ReceivedAt)? open;
    TimeSpan? untilFirstWords;
    Measured? last;

    /// <summary>The call is a rehearsal, which counts into no live call's latency.</summary>
    public bool Rehearses { get; set; }

    /// <summary>The segment that ends a turn was received; only the first time counts.</summary>
    public void Receive(string turnId)
    {
        lock (received)
        {
            if (received.Count >= TurnsKept && !received.ContainsKey(turnId))
            {
                received.Remove(received.MinBy(turn => turn.Value).Key);
            }

            received.TryAdd(turnId, time.GetTimestamp());
        }
    }

    /// <summary>
    /// The bus's part of the last completed suggestion, in milliseconds; null when it is another one, or was not measured.
    /// </summary>
    public double? BusOf(string suggestionId) => last is { } measured && measured.SuggestionId == suggestionId ? measured.BusMs : null;

    /// <summary>Follows an event on its way to the client.</summary>
    /// <returns>The event to send: a completed suggestion's latency includes the bus.</returns>
    public CallEvent Complete(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case SuggestionStarted started when ReceivedAt(started.TurnIds[^1]) is { } receivedAt:
                open = (started.SuggestionId, receivedAt);
                untilFirstWords = null;
                return callEvent;
            case SuggestionDelta delta when delta.Index == 0 && open?.SuggestionId == delta.SuggestionId:
                untilFirstWords = time.GetElapsedTime(open.Value.ReceivedAt);
                return callEvent;
            case SuggestionCompleted { Latency: var latency } completed:
                // Words that were shown as tentative came before the end of the turn was received: the bus cannot be told from that.
                if (untilFirstWords is { } span && open?.SuggestionId == completed.SuggestionId)
                {
                    var bus = Math.Max(0, span.TotalMilliseconds - (latency.ServerMs - latency.TurnMs));
                    last = new Measured(completed.SuggestionId, bus);
                    latency = latency with { BusMs = bus, SinceOldestMs = latency.SinceOldestMs + bus };
                }

                if (!Rehearses)
                {
                    GatewayTelemetry.FirstWords(latency, completed.Source);
                }

                return completed with { Latency = latency };
            case TurnSettled settled:
                Forget(settled.TurnId);
                return callEvent;
            default:
                return callEvent;
        }
    }

    long? ReceivedAt(string turnId)
    {
        lock (received)
        {
            return received.TryGetValue(turnId, out var at) ? at : null;
        }
    }

    void Forget(string turnId)
    {
        lock (received)
        {
            received.Remove(turnId);
        }
    }

    sealed record Measured(string SuggestionId, double BusMs);
}

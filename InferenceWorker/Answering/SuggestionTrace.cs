using System.Diagnostics;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// The span of the suggestion that is being made: from the end of its newest turn to its last word or its withdrawal, in the trace of that
/// turn. Where its time went, up to its first words, is added when it is known, so that nothing is done for each token.
/// </summary>
/// <param name="clock">The call's clock.</param>
public sealed class SuggestionTrace(CallClock clock)
{
    Activity? span;

    /// <summary>A suggestion is begun.</summary>
    /// <param name="turns">The turns it answers, oldest first.</param>
    public void Begin(IReadOnlyList<UnansweredTurn> turns, SuggestionSource source)
    {
        if (!Tracing.Source.HasListeners())
        {
            return;
        }

        var newest = turns[^1];
        var links = turns.Where(turn => turn.Trace != default && turn.Trace != newest.Trace).Select(turn => new ActivityLink(turn.Trace));
        var before = Activity.Current;

        // A turn that belongs to no trace begins one, and joins no other that happens to be under way.
        Activity.Current = null;
        span = Tracing.Source.StartActivity(
            "suggestion", ActivityKind.Internal, newest.Trace, links: links, startTime: clock.At(newest.Turn.EndedAt))?
            .SetTag("teleprompter.source", WorkerTelemetry.Word(source)).SetTag("teleprompter.turns", turns.Count);
        Activity.Current = before;
    }

    /// <summary>What is begun until the scope is left belongs to the suggestion.</summary>
    public Scope Enter() => new(span);

    /// <summary>The suggestion is whole.</summary>
    /// <param name="newest">The newest turn it answers.</param>
    public void Complete(UnansweredTurn newest, SuggestionLatency latency)
    {
        if (span is null)
        {
            return;
        }

        var at = newest.Turn.EndedAt;
        foreach (
            var (stage, milliseconds) in new[]
            {
                ("context", latency.ContextMs), ("coalesce", latency.CoalesceMs), ("held", latency.HeldMs),
            })
        {
            var end = at + TimeSpan.FromMilliseconds(milliseconds);
            if (
                milliseconds > 0 && Tracing.Source.StartActivity(
                    stage, ActivityKind.Internal, span.Context, startTime: clock.At(at)) is { } part)
            {
                part.SetEndTime(clock.At(end).UtcDateTime).Dispose();
            }

            at = end;
        }

        End("completed");
    }

    /// <summary>The suggestion ends, if one is being made.</summary>
    /// <param name="outcome">What became of it: completed, nothingToSay, failed, or why it was withdrawn.</param>
    public void End(string outcome)
    {
        if (span is null)
        {
            return;
        }

        // Ending it would put back what was current when it began, which is over by now.
        var before = Activity.Current == span ? null : Activity.Current;
        span.SetTag("teleprompter.outcome", outcome).SetStatus(outcome == "failed" ? ActivityStatusCode.Error : ActivityStatusCode.Unset)
            .Dispose();
        Activity.Current = before;
        span = null;
    }

    /// <summary>A stretch of code that belongs to the suggestion.</summary>
    public readonly struct Scope : IDisposable
    {
        readonly Activity? before;
        readonly bool entered;

        /// <summary>Enters it.</summary>
        /// <param name="span">The suggestion's; null where nobody listens.</param>
        internal Scope(Activity? span)
        {
            if (span is not null)
            {
                (before, entered) = (Activity.Current, true);
                Activity.Current = span;
            }
        }

        public void Dispose()
        {
            if (entered)
            {
                Activity.Current = before;
            }
        }
    }
}

using System.Text;
using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Telemetry;

namespace Teleprompter.InferenceWorker.Answering;

/// <summary>
/// Writes suggestions to the screen: at most one is open, its deltas are contiguous, and it ends exactly once, as completed or withdrawn.
/// </summary>
/// <param name="clock">The call's clock.</param>
public sealed class SuggestionStream(Conversation conversation, ICallOutput output, CallClock clock)
{
    readonly StringBuilder text = new();
    SuggestionStarted? open;
    int nextIndex;
    long shownAtMs;
    IReadOnlyList<string> unsupported = [];

    /// <summary>Whether a suggestion is open.</summary>
    public bool IsOpen => open is not null;

    /// <summary>Whether the open suggestion is tentative; null when none is open.</summary>
    public bool? Tentative => open?.Tentative;

    /// <summary>The open suggestion as it stands; null when none is open.</summary>
    public OpenSuggestionView? Open =>
        open is null ? null : new(open.SuggestionId, open.TurnIds, text.ToString(), nextIndex, open.Source, open.CardId, open.Tentative)
        {
            UnsupportedFigures = Named(unsupported),
            Sources = open.Sources,
        };

    /// <summary>Begins a suggestion.</summary>
    /// <param name="turnIds">The customer turns it answers, oldest first.</param>
    /// <param name="cardId">The card it stands on.</param>
    /// <param name="tentative">Its turn is not confirmed.</param>
    /// <param name="sources">The notes it stands on; null for none.</param>
    /// <exception cref="InvalidOperationException">One is open.</exception>
    public void Start(
        IReadOnlyList<string> turnIds, SuggestionSource source, string? cardId, bool tentative = false,
        IReadOnlyList<string>? sources = null)
    {
        if (open is not null)
        {
            throw new InvalidOperationException("A suggestion is open; withdraw or complete it first.");
        }

        open = new SuggestionStarted($"s-{Guid.CreateVersion7():N}", turnIds, source, cardId, tentative)
        {
            Sources = Named(sources ?? []),
        };
        text.Clear();
        (nextIndex, shownAtMs, unsupported) = (0, (long)clock.Now.TotalMilliseconds, []);
        output.Emit(open);
    }

    /// <summary>Makes the open suggestion firm, if it is tentative.</summary>
    /// <param name="turnIds">The customer turns it answers, oldest first.</param>
    public void Confirm(IReadOnlyList<string> turnIds)
    {
        if (open is { Tentative: true })
        {
            open = open with { Tentative = false, TurnIds = turnIds };
            output.Emit(new SuggestionConfirmed(open.SuggestionId, turnIds));
        }
    }

    /// <summary>Appends words to the open suggestion.</summary>
    /// <param name="unsupportedFigures">What of all words so far nothing supports; null for nothing.</param>
    public void Write(string words, IReadOnlyList<string>? unsupportedFigures = null)
    {
        text.Append(words);
        var changed = !unsupported.SequenceEqual(unsupportedFigures ?? [], StringComparer.Ordinal);
        unsupported = unsupportedFigures ?? [];
        output.Emit(new SuggestionDelta(RequireOpen().SuggestionId, nextIndex++, words)
        {
            UnsupportedFigures = changed ? unsupported : null,
        });
    }

    /// <summary>
    /// Replaces the words of the open suggestion. Those that are only cut off go when it is completed; others go at once, with the
    /// suggestion.
    /// </summary>
    /// <returns>Whether it stays open; false also where none is.</returns>
    public bool Replace(string words)
    {
        if (open is not null && words.Length > 0 && text.ToString().StartsWith(words, StringComparison.Ordinal))
        {
            text.Length = words.Length;
            return true;
        }

        Withdraw(WithdrawReason.Failed);
        return false;
    }

    /// <summary>Completes the open suggestion.</summary>
    /// <param name="playbookVersion">The playbook that grounded it.</param>
    /// <param name="model">The model that wrote it; null for the playbook.</param>
    /// <param name="unsupportedFigures">What of its words nothing supports; null for nothing.</param>
    public string Complete(
        string? playbookVersion, SuggestionLatency latency, string? model = null, IReadOnlyList<string>? unsupportedFigures = null)
    {
        var done = RequireOpen();
        var whole = text.ToString();
        var named = Named(unsupportedFigures ?? []);
        open = null;
        output.Emit(new SuggestionCompleted(done.SuggestionId, whole, done.Source, done.CardId, playbookVersion, latency)
        {
            Model = model,
            UnsupportedFigures = named,
            Sources = done.Sources,
        });
        var finished = new SuggestionFinished(
            new FinishedSuggestionView(done.SuggestionId, whole, done.Source, done.CardId, Feedback: null, latency)
            {
                UnsupportedFigures = named,
                Sources = done.Sources,
            },
            done.TurnIds,
            AtMs: shownAtMs);
        conversation.Apply(finished);
        output.Keep(finished);
        WorkerTelemetry.Suggest(done.Source, done.CardId, named is not null);
        return done.SuggestionId;
    }

    /// <summary>Takes the open suggestion back, if one is open.</summary>
    public void Withdraw(WithdrawReason reason)
    {
        if (open is null)
        {
            return;
        }

        output.Emit(new SuggestionWithdrawn(open.SuggestionId, reason));
        WorkerTelemetry.Withdrawn.Add(1, new KeyValuePair<string, object?>("reason", WorkerTelemetry.Word(reason)));
        open = null;
    }

    static IReadOnlyList<string>? Named(IReadOnlyList<string> names) => names.Count > 0 ? names : null;

    SuggestionStarted RequireOpen() => open ?? throw new InvalidOperationException("No suggestion is open.");
}

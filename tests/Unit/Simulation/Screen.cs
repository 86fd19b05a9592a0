using Teleprompter.Contracts;

namespace Teleprompter.Tests.Unit.Simulation;

/// <summary>What one connection shows, and whether it may: the part of the checker that reads events.</summary>
/// <param name="client">Whose it is.</param>
/// <param name="number">The number of the last event before this connection.</param>
sealed class Screen(SimulatedClient client, long number)
{
    readonly BuyerTurns buyer = new();
    string? openId;
    string text = "";
    int nextIndex;
    SuggestionSource source;
    bool tentative;

    public long Number { get; private set; } = number;

    public bool Begun { get; private set; }

    public bool Ended { get; private set; }

    public string? OpenId => openId;

    public Restored? Snapshot { get; private set; }

    public HashSet<string> Completed { get; } = new(StringComparer.Ordinal);

    /// <summary>The last thing shown of a turn, for whoever reads a failing seed.</summary>
    public CallEvent? Last { get; private set; }

    public string? Show(CallEvent callEvent)
    {
        Last = callEvent is TurnSettled or TranscriptUpdated ? callEvent : Last;
        if (callEvent.Number != ++Number)
        {
            return $"event {callEvent.Number} came where {Number} was due";
        }

        return Ended ? "an event came after the last one"
            : !Begun && callEvent is not (Restored or CallEnded) ? $"{callEvent.GetType().Name} came before the first snapshot"
            : Problem(callEvent) ?? (openId is null ? null : client.WrongWords(text, source));
    }

    string? Problem(CallEvent callEvent)
    {
        switch (callEvent)
        {
            case Restored restored:
                Begun = true;
                Snapshot = restored;
                return Restore(restored);
            case SuggestionStarted started:
                if (openId is { } other)
                {
                    return $"{started.SuggestionId} starts while {other} is open";
                }

                (openId, text, nextIndex, source, tentative) = (started.SuggestionId, "", 0, started.Source, started.Tentative);
                client.ShownTentatively += tentative ? 1 : 0;
                return client.MayShow(this, started.SuggestionId);
            case SuggestionConfirmed confirmed when (confirmed.SuggestionId, true) != (openId, tentative):
                return $"{confirmed.SuggestionId} was confirmed while {openId} is {(tentative ? "tentative" : "firm or closed")}";
            case SuggestionConfirmed confirmed:
                tentative = false;
                return Answers(confirmed.TurnIds);
            case SuggestionDelta delta when (delta.SuggestionId, delta.Index) != (openId, nextIndex):
                return $"delta {delta.Index} of {delta.SuggestionId} came where {nextIndex} of {openId} was due";
            case SuggestionDelta delta:
                (text, nextIndex) = (text + delta.Text, nextIndex + 1);
                return null;
            case SuggestionCompleted completed when (completed.SuggestionId, completed.Text) != (openId, text):
                return $"{completed.SuggestionId} was completed as \"{completed.Text}\" while {openId} shows \"{text}\"";
            case SuggestionCompleted completed when tentative:
                return $"{completed.SuggestionId} was completed without being confirmed";
            case SuggestionCompleted completed:
                Completed.Add(completed.Text);
                return Close(completed.SuggestionId);
            case SuggestionWithdrawn { Reason: WithdrawReason.Resumed } withdrawn when !tentative:
                return $"{withdrawn.SuggestionId} was firm, and withdrawn because the customer went on";
            case SuggestionWithdrawn withdrawn:
                return withdrawn.SuggestionId == openId
                    ? Close(withdrawn.SuggestionId)
                    : $"{withdrawn.SuggestionId} was withdrawn while {openId} is open";
            case TranscriptUpdated heard:
                return client.IsMine(heard.Text) ? buyer.Show(heard) : $"words of another call: {heard.Text}";
            case CallEnded:
                Ended = true;
                return openId is null || !Begun ? null : $"the call ended with {openId} open";
            default:
                return null;
        }
    }

    string? Restore(Restored restored)
    {
        if (restored.Segments.FirstOrDefault(segment => !client.IsMine(segment.Text)) is { } foreign)
        {
            return $"words of another call: {foreign.Text}";
        }

        buyer.Restore(restored.Segments);
        var open = restored.Suggestion;
        if (openId is not null && open?.SuggestionId != openId)
        {
            client.Over(this, openId);
        }
        else if (openId is not null && !open!.Text.StartsWith(text, StringComparison.Ordinal))
        {
            return $"a snapshot took back shown words of {openId}";
        }
        else if (openId is not null && open!.Tentative && !tentative)
        {
            return $"a snapshot made {openId} tentative again";
        }

        (openId, text, nextIndex, source) = (open?.SuggestionId, open?.Text ?? "", open?.NextIndex ?? 0, open?.Source ?? default);
        tentative = open?.Tentative ?? false;
        foreach (var done in restored.Recent)
        {
            Completed.Add(done.Text);
        }

        return open is null ? null : client.MayShow(this, open.SuggestionId);
    }

    /// <summary>
    /// What an attempt wrote must answer the turn that confirms it: the words say which segment they answer, and a turn has the id of its
    /// last segment.
    /// </summary>
    string? Answers(IReadOnlyList<string> turnIds)
    {
        if (SimulatedClient.IsBuyers(turnIds[^1]))
        {
            return null;
        }

        var question = turnIds[^1].Replace("-", "", StringComparison.Ordinal);
        return text.Length == 0 || text.StartsWith($"On {question} ", StringComparison.Ordinal)
            ? null
            : $"{openId} was confirmed as the answer to {question} with \"{text}\"";
    }

    string? Close(string suggestionId)
    {
        openId = null;
        client.Over(this, suggestionId);
        return null;
    }
}

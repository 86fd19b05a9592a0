using Teleprompter.Bus;
using Teleprompter.Contracts;
using Teleprompter.Contracts.Dashboard;

namespace Teleprompter.InferenceWorker.Dashboard;

/// <summary>The figures of one call for the dashboard. Not thread-safe.</summary>
/// <param name="workerId">The worker that owns it.</param>
public sealed class CallTotals(string callId, string workerId)
{
    readonly HashSet<string> used = new(StringComparer.Ordinal);
    readonly Dictionary<(string SegmentId, Speaker Speaker), SegmentView> spoken = [];
    readonly long?[] heardAt = new long?[2];
    CallBrief brief = CallBrief.Empty;
    DateTimeOffset startedAt;
    TalkTime? talk;
    CallStatus status = new(ModelState.None, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both);
    CallSettings settings = CallSettings.Initial;
    int shown;
    int withdrawn;
    SuggestionSource? lastSource;
    string? playbookVersion;
    string? rehearsesWith;

    /// <summary>Latency of the last suggestion's first words, in milliseconds; null before the first.</summary>
    public double? LastLatencyMs { get; set; }

    /// <summary>What the call has asked of models.</summary>
    public TokenUse Tokens { get; private set; } = new(0, 0, 0, 0);

    /// <summary>The newest question is held.</summary>
    public bool Busy => status.Busy;

    /// <summary>Starts from the call as it was read from the store.</summary>
    public void Begin(StoredCall call)
    {
        (brief, startedAt, talk, shown) = (call.Record.Brief, call.Record.StartedAt, null, 0);
        rehearsesWith = call.Record.Rehearsal?.PersonaId;
        used.Clear();
        spoken.Clear();
        settings = CallSettings.Of(call.Entries);
        foreach (var entry in call.Entries)
        {
            switch (entry)
            {
                case SegmentHeard { Segment: { Final: true } segment }:
                    var speaker = settings.SpeakerOn(segment.Speaker);
                    Speak(segment.SegmentId, speaker, segment.StartMs, segment.EndMs);
                    heardAt[(int)speaker] = startedAt.ToUnixTimeMilliseconds() + segment.EndMs;
                    break;
                case SuggestionFinished { Suggestion: var suggestion, Tokens: var counted }:
                    Tokens = counted is { } known && known.In > Tokens.In ? known : Tokens;
                    (shown, lastSource) = (shown + 1, suggestion.Source);
                    LastLatencyMs = suggestion.Latency?.ServerMs ?? LastLatencyMs;
                    break;
                case BriefChanged or FeedbackGiven:
                    Record(entry);
                    break;
            }
        }
    }

    /// <summary>Records an input.</summary>
    /// <param name="input">The input; most change nothing.</param>
    public void Record(CallInput input)
    {
        switch (input)
        {
            case BriefChanged changed:
                brief = changed.Brief;
                break;
            case FeedbackGiven { Feedback: { Kind: FeedbackKind.Used } feedback }:
                used.Add(feedback.SuggestionId);
                break;
            case SpeakersSwapped:
                var before = settings.Swap.Swapped;
                settings = settings.After(input);
                if (settings.Swap.Swapped != before)
                {
                    SwapSpoken();
                    (heardAt[0], heardAt[1]) = (heardAt[1], heardAt[0]);
                }

                break;
        }
    }

    /// <summary>Records an event.</summary>
    /// <param name="callEvent">The event; some change nothing.</param>
    public void Record(CallEvent callEvent, DateTimeOffset now)
    {
        switch (callEvent)
        {
            case TranscriptUpdated { Final: true } words:
                heardAt[(int)words.Speaker] = now.ToUnixTimeMilliseconds();
                Speak(words.SegmentId, words.Speaker, words.StartMs, words.EndMs);
                break;
            case TranscriptUpdated words:
                heardAt[(int)words.Speaker] = now.ToUnixTimeMilliseconds();
                break;
            case StatusChanged changed:
                status = changed.Status;
                break;
            case Restored restored:
                status = restored.Status;
                break;
            case CardShown card:
                playbookVersion = card.PlaybookVersion;
                break;
            case SuggestionCompleted done:
                (shown, lastSource, LastLatencyMs) = (shown + 1, done.Source, done.Latency.ServerMs);
                playbookVersion = done.PlaybookVersion ?? playbookVersion;
                break;
            case SuggestionWithdrawn:
                withdrawn++;
                break;
        }
    }

    /// <summary>Adds tokens.</summary>
    public void Add(TokenUse use) => Tokens = new TokenUse(
        Tokens.In + use.In, Tokens.Out + use.Out, Tokens.CancelledIn + use.CancelledIn, Tokens.CancelledOut + use.CancelledOut);

    /// <summary>The call as it stands.</summary>
    /// <param name="waitingSince">Since when its oldest turn waits; null when none does.</param>
    public LiveCallView View(bool connected, DateTimeOffset? waitingSince) => new(
        callId,
        workerId,
        brief.RepName,
        brief.CustomerName,
        brief.Company,
        startedAt.ToUnixTimeMilliseconds(),
        status,
        connected,
        LastLatencyMs,
        lastSource,
        Talk.RepMs,
        Talk.CustomerMs,
        Talk.Longest?.DurationMs ?? 0,
        Talk.Longest?.Speaker,
        shown,
        used.Count,
        withdrawn,
        heardAt[(int)Speaker.Rep],
        heardAt[(int)Speaker.Customer],
        waitingSince?.ToUnixTimeMilliseconds(),
        Tokens,
        playbookVersion)
    {
        RehearsesWith = rehearsesWith,
    };

    TalkTime Talk => talk ??= TalkTime.Of(spoken.Values);

    /// <summary>Final words count once, although the same ones may come again to end their turn.</summary>
    void Speak(string segmentId, Speaker speaker, long startMs, long endMs)
    {
        spoken[(segmentId, speaker)] = new SegmentView(segmentId, speaker, Text: "", Final: true, startMs, endMs);
        talk = null;
    }

    void SwapSpoken()
    {
        SegmentView[] before = [.. spoken.Values];
        spoken.Clear();
        foreach (var segment in before)
        {
            Speak(segment.SegmentId, segment.Speaker.Other(), segment.StartMs, segment.EndMs);
        }
    }
}

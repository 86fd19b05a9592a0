using System.Globalization;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>The one line that is true now.</summary>
public sealed record StatusLine(StatusKind Kind, string Text)
{
    /// <summary>Picks the first line that holds: what stops the rep, then what slows the call, then what goes well.</summary>
    public static StatusLine Pick(CallStatus status, ConnectionState connection) => connection.Phase switch
    {
        ConnectionPhase.Idle => new(StatusKind.Idle, "No call yet"),
        ConnectionPhase.Connecting => new(StatusKind.Connecting, "Connecting"),
        ConnectionPhase.Ended => new(StatusKind.Ended, "Call ended"),
        ConnectionPhase.Moved => new(StatusKind.Moved, "Open in another window"),
        ConnectionPhase.Reconnecting => new(
            StatusKind.Reconnecting,
            string.Create(CultureInfo.InvariantCulture, $"Reconnecting ({Math.Floor(connection.AwaySeconds)} s)")),
        _ => FromFacts(status),
    };

    static StatusLine FromFacts(CallStatus status) => status switch
    {
        { Storage: StorageState.Unavailable } => new(StatusKind.NotStored, "Live, but not being saved"),
        { Storage: StorageState.Full } => new(StatusKind.NotStored, "Call record full, the rest is not saved"),
        { Paused: true } => new(StatusKind.Paused, "Paused"),
        { Hearing: Hearing.RepOnly } => new(StatusKind.NotHearing, "Not hearing the customer"),
        { Hearing: Hearing.CustomerOnly } => new(StatusKind.NotHearing, "Not hearing you"),
        { Transcription: TranscriptionState.Unavailable } => new(StatusKind.NotTranscribing, "Not transcribing, type what matters"),
        { Transcription: TranscriptionState.Behind, LagMs: var lag } =>
            new(StatusKind.NotTranscribing, string.Create(CultureInfo.InvariantCulture, $"Transcript is {lag / 1000.0:0.0} s behind")),
        { Model: ModelState.Unavailable } => new(StatusKind.PlaybookOnly, "Model unavailable, playbook only"),
        { Model: ModelState.Off } => new(StatusKind.PlaybookOnly, "Model switched off, playbook only"),
        { Model: ModelState.OverBudget } => new(StatusKind.PlaybookOnly, "Today's budget is spent, playbook only"),
        { Busy: true } => new(StatusKind.Busy, "Busy, showing your playbook"),
        { Thinking: true } => new(StatusKind.Thinking, "Thinking"),
        _ => new(StatusKind.Listening, "Listening"),
    };
}

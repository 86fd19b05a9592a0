using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.SpeechSynthesis;

namespace Teleprompter.InferenceWorker.Rehearsal;

/// <summary>
/// What a buyer is about to say, or is saying. It owns the model's stream and that of its voice: disposing of it closes both.
/// </summary>
/// <param name="label">What it does, as it is counted.</param>
/// <param name="reason">Why it cuts in; null where it does not.</param>
/// <param name="why">What the rep did, in a sentence; null where it does not cut in.</param>
/// <param name="since">When it was decided, on the call's clock.</param>
sealed class BuyerTurn(string label, CutInReason? reason, string? why, TimeSpan since) : IDisposable
{
    /// <summary>How long the model may take for its first words before the persona's own line is said.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary>The longest that the model may write.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    /// <summary>The longest that a turn may last that is said aloud, whatever becomes of its streams.</summary>
    public static readonly TimeSpan LongestAloud = TimeSpan.FromSeconds(25);

    readonly CancellationTokenSource closing = new();
    CancellationTokenSource? writing;

    /// <summary>The id of its segment.</summary>
    public string Id { get; } = $"buyer-{Guid.CreateVersion7():N}";

    public string Label => label;

    public CutInReason? Reason => reason;

    public string? Why => why;

    public TimeSpan Since => since;

    /// <summary>When its first words were said, on the call's clock; null before.</summary>
    public TimeSpan? SpeaksSince { get; set; }

    /// <summary>Its words so far.</summary>
    public string Text { get; set; } = "";

    /// <summary>Says it aloud; null where it is text.</summary>
    public ISpeechTurn? Aloud { get; set; }

    /// <summary>It has all its words.</summary>
    public bool IsWritten { get; private set; }

    /// <summary>When <see cref="Patience"/> or the turn is over, on the call's clock.</summary>
    public TimeSpan Due => since + (SpeaksSince is null ? Patience : IsWritten ? LongestAloud : Longest);

    /// <summary>Closes both streams.</summary>
    public CancellationToken Cancellation => closing.Token;

    /// <summary>Closes the model's stream.</summary>
    public CancellationToken Writing => (writing ??= CancellationTokenSource.CreateLinkedTokenSource(closing.Token)).Token;

    /// <summary>No more words are wanted.</summary>
    public void EndWriting()
    {
        IsWritten = true;
        writing?.Cancel();
    }

    /// <summary>Closes both streams.</summary>
    public void Dispose()
    {
        closing.Cancel();
        closing.Dispose();
        writing?.Dispose();
    }

    /// <summary>Its words as a segment.</summary>
    /// <param name="now">The call's clock.</param>
    public TranscriptSegment Segment(string text, bool final, TimeSpan now) =>
        new(Id, Speaker.Customer, text, final, final, (long)(SpeaksSince ?? now).TotalMilliseconds, (long)now.TotalMilliseconds);
}

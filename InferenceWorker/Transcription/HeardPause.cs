namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>
/// A voice has been silent for <see cref="Endpointing.BeforeRequest"/>: its turn may be over, long before that is confirmed. Told at most
/// twice a silence: when it is that long, and when the words of all that was said have come, where they come later.
/// </summary>
/// <param name="Words">The words so far, as an interim; its firm part will hardly change. Empty where none have come.</param>
/// <param name="Complete">The words are those of all that was said.</param>
public sealed record HeardPause(HeardWords Words, bool Complete);

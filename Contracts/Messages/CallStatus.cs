namespace Teleprompter.Contracts;

/// <summary>Facts about a call, of which a client's pure function picks one line to show.</summary>
/// <param name="Model">Whether a model answers.</param>
/// <param name="Storage">Whether what is said is being kept.</param>
/// <param name="Busy">The newest question is held because every stream is taken; the playbook is showing.</param>
/// <param name="Thinking">A suggestion is being made.</param>
/// <param name="Paused">The rep went off the record: nothing is transcribed, stored or answered.</param>
/// <param name="Hearing">Whose voice is arriving.</param>
/// <param name="Transcription">Whether voices are turned into words.</param>
/// <param name="LagMs">How far the words are behind the voices, in milliseconds, in steps of 500; 0 unless behind.</param>
public sealed record CallStatus(
    ModelState Model,
    StorageState Storage,
    bool Busy,
    bool Thinking,
    bool Paused,
    Hearing Hearing,
    TranscriptionState Transcription = TranscriptionState.None,
    long LagMs = 0);

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>What to do next about an utterance that is not over.</summary>
public enum UtteranceStep
{
    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Drop it: it has too little of a voice to be speech.</summary>
    Discard,

    /// <summary>Cut it: it is longer than an engine takes.</summary>
    Cut,

    /// <summary>Ask for its words although its speaker goes on.</summary>
    AskInterim,

    /// <summary>Ask for its words: its speaker has paused.</summary>
    AskFinal,

    /// <summary>End it: all of its words are known, and the silence is long enough for them.</summary>
    Close,
}

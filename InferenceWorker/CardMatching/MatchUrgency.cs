namespace Teleprompter.InferenceWorker.CardMatching;

/// <summary>Which calls' texts are compared first.</summary>
enum MatchUrgency
{
    /// <summary>A live call's turn has ended: its answer waits for the card.</summary>
    Turn,

    /// <summary>A live call's other texts.</summary>
    Other,

    /// <summary>Whatever a rehearsal compares.</summary>
    Rehearsal,
}

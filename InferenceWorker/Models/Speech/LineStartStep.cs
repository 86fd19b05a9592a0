namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>What a character at the start of a line came to.</summary>
enum LineStartStep
{
    /// <summary>It is held: it may become markup or a label.</summary>
    Held,

    /// <summary>What was held is the line's text.</summary>
    Text,

    /// <summary>It was white space, which is let out; the line still starts.</summary>
    Space,

    /// <summary>What was held is markup; the line still starts.</summary>
    Removed,

    /// <summary>What was held is a label: the rep's words follow.</summary>
    RepSpeaks,

    /// <summary>What was held is a label: the words of somebody else follow, to the end of the line.</summary>
    OtherSpeaks,
}

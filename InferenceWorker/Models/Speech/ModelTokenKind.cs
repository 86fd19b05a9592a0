namespace Teleprompter.InferenceWorker.Models.Speech;

/// <summary>What a token or tag in a model's text means for the text around it.</summary>
enum ModelTokenKind
{
    /// <summary>Nothing: it is text.</summary>
    Text,

    /// <summary>Nothing is said by it: HTML, the wrapper of an answer, a control token without a meaning here.</summary>
    Drop,

    /// <summary>Thoughts follow.</summary>
    ThoughtOpens,

    /// <summary>Thoughts end.</summary>
    ThoughtCloses,

    /// <summary>A channel's name follows (OpenAI's harmony format).</summary>
    Channel,

    /// <summary>A message follows the names before it.</summary>
    Message,

    /// <summary>The name of who speaks follows.</summary>
    Turn,

    /// <summary>The turn is over.</summary>
    TurnEnds,

    /// <summary>The model speaks.</summary>
    ModelSpeaks,

    /// <summary>Somebody else speaks.</summary>
    OtherSpeaks,

    /// <summary>An element that nobody knows begins.</summary>
    ElementOpens,

    /// <summary>An element that nobody knows ends.</summary>
    ElementCloses,
}

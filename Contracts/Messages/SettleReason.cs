using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Why a turn got its <see cref="TurnOutcome"/>.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<SettleReason>))]
public enum SettleReason
{
    /// <summary>Answered by the model.</summary>
    ByModel,

    /// <summary>Answered by the playbook.</summary>
    ByPlaybook,

    /// <summary>A newer deserving turn took it along.</summary>
    NewerTurn,

    /// <summary>Only a sign of listening ("mm-hm", "right").</summary>
    Backchannel,

    /// <summary>The rep's own words, come back through the customer's channel.</summary>
    Echo,

    /// <summary>No card fits, and no model is there to answer.</summary>
    NoCard,

    /// <summary>The model had nothing to add.</summary>
    NothingToSay,

    /// <summary>It would only repeat what was just suggested.</summary>
    AlreadyShown,

    /// <summary>The rep went off the record.</summary>
    Paused,

    /// <summary>Nobody was connected to read an answer.</summary>
    ClientAway,

    /// <summary>It was held too long for lack of a free stream.</summary>
    Held,

    /// <summary>Older than ten seconds when the call was taken up again.</summary>
    Stale,

    /// <summary>The rep dismissed the answer before it was complete.</summary>
    Dismissed,

    /// <summary>The rep swapped the speakers.</summary>
    SpeakersSwapped,

    /// <summary>The model failed.</summary>
    ModelFailed,

    /// <summary>The call ended first.</summary>
    CallEnded,

    /// <summary>The rep rehearses without help.</summary>
    TestMe,
}

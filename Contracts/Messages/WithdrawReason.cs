using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>Why an open suggestion was taken back.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WithdrawReason>))]
public enum WithdrawReason
{
    /// <summary>The customer said something newer that deserves an answer.</summary>
    NewerTurn,

    /// <summary>It was tentative, and the customer went on speaking.</summary>
    Resumed,

    /// <summary>Its last word showed that it only repeats what was just suggested.</summary>
    Repeats,

    /// <summary>The rep dismissed it.</summary>
    Dismissed,

    /// <summary>The rep went off the record.</summary>
    Paused,

    /// <summary>The rep swapped the speakers.</summary>
    SpeakersSwapped,

    /// <summary>Nobody was connected to read it.</summary>
    ClientAway,

    /// <summary>The model failed after its first words.</summary>
    Failed,

    /// <summary>The worker that wrote it is gone.</summary>
    WorkerLost,

    /// <summary>The call ended.</summary>
    CallEnded,
}

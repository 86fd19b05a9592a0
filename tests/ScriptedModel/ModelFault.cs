namespace Teleprompter.Tests.ScriptedModel;

/// <summary>What goes wrong with a request, and at which point.</summary>
public enum ModelFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Answered at once with <see cref="ModelScript.Status"/>.</summary>
    Status,

    /// <summary>Not even headers are sent, until the client gives up.</summary>
    HangBeforeHeaders,

    /// <summary>Headers are sent, then nothing until the client gives up.</summary>
    HangAfterHeaders,

    /// <summary>Nothing more after <see cref="ModelScript.FaultAfterTokens"/>, until the client gives up.</summary>
    HangMidStream,

    /// <summary>Silent for <see cref="ModelScript.StallFor"/> after <see cref="ModelScript.FaultAfterTokens"/>, then goes on.</summary>
    Stall,

    /// <summary>
    /// The body ends in good order after <see cref="ModelScript.FaultAfterTokens"/>, with neither a finish reason nor <c>[DONE]</c>.
    /// </summary>
    Truncate,

    /// <summary>The connection is cut when the token after <see cref="ModelScript.FaultAfterTokens"/> is due.</summary>
    Disconnect,

    /// <summary>A chunk that is no JSON follows <see cref="ModelScript.FaultAfterTokens"/>.</summary>
    MalformedChunk,
}

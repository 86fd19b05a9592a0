using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>The gateway refused a message, which changed nothing. The message says what is wrong, in the gateway's own words.</summary>
public sealed class CallRefusedException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether the same message may be sent again a little later: the reason will pass.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Whether the message is taken once consent is recorded.</summary>
    public bool NeedsConsent { get; init; }

    /// <summary>Takes the gateway's own words out of SignalR's error.</summary>
    internal static CallRefusedException From(HubException error)
    {
        var refusal = Refusal.Read(error.Message);
        return new CallRefusedException(refusal.Message, error) { MayRetry = refusal.MayRetry, NeedsConsent = refusal.NeedsConsent };
    }
}

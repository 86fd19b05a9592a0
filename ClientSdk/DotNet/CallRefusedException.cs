using Microsoft.AspNetCore.SignalR;
using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>The gateway refused a message, which changed nothing. The message says what is wrong, in the gateway's own words.</summary>
public sealed class CallRefusedException : Exception
{
    /// <summary>Creates it with a default message.</summary>
    public CallRefusedException()
        : this("The gateway refused the message.")
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What is wrong.</param>
    public CallRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">SignalR's own error.</param>
    public CallRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same message may be sent again a little later: the reason will pass.</summary>
    public bool MayRetry { get; init; }

    /// <summary>Takes the gateway's own words out of SignalR's error.</summary>
    internal static CallRefusedException From(HubException error)
    {
        var refusal = Refusal.Read(error.Message);
        return new CallRefusedException(refusal.Message, error) { MayRetry = refusal.MayRetry };
    }
}

using Microsoft.AspNetCore.SignalR;

namespace Teleprompter.ClientSdk;

/// <summary>The gateway refused a message, which changed nothing. The message says what is wrong, in the gateway's own words.</summary>
public sealed class CallRefusedException : Exception
{
    const string Marker = "HubException: ";

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

    /// <summary>Takes the gateway's own words out of SignalR's error.</summary>
    internal static CallRefusedException From(HubException error)
    {
        var at = error.Message.IndexOf(Marker, StringComparison.Ordinal);
        return new CallRefusedException(at < 0 ? error.Message : error.Message[(at + Marker.Length)..], error);
    }
}

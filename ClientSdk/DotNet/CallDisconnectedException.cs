namespace Teleprompter.ClientSdk;

/// <summary>There is no connection, or it was lost before the gateway could answer. Words and a pause need no repeating: the client sends them again by itself.</summary>
public sealed class CallDisconnectedException : Exception
{
    /// <summary>Creates it with a default message.</summary>
    public CallDisconnectedException()
        : this("The gateway is not connected; the client keeps trying. Ask again once it is back.")
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened.</param>
    public CallDisconnectedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The transport's own error.</param>
    public CallDisconnectedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace Teleprompter.Bus;

/// <summary>The store is away; nothing was kept.</summary>
public sealed class CallStoreUnavailableException : Exception
{
    /// <summary>Creates it with a default message.</summary>
    public CallStoreUnavailableException()
        : this("The call store is not reachable.")
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened.</param>
    public CallStoreUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">The transport's own error.</param>
    public CallStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

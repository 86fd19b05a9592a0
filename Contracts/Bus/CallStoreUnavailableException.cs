namespace Teleprompter.Bus;

/// <summary>The store is away; nothing was kept.</summary>
public sealed class CallStoreUnavailableException : Exception
{
    public CallStoreUnavailableException()
        : this("The call store is not reachable.")
    {
    }

    public CallStoreUnavailableException(string message)
        : base(message)
    {
    }

    public CallStoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace Teleprompter.ClientSdk;

/// <summary>
/// There is no connection, or it was lost before the gateway could answer. Words, feedback, a pause and a brief need no repeating: the
/// client sends them again.
/// </summary>
public sealed class CallDisconnectedException(string message, Exception? innerException = null) : Exception(message, innerException);

using Teleprompter.Contracts;

namespace Teleprompter.ClientSdk;

/// <summary>What a link tells its owner, from any thread, one at a time.</summary>
interface ICallLinkOwner
{
    /// <summary>What to start with: a new call, or the one to resume. Asked at every attempt.</summary>
    StartCallRequest Request();

    void Opened(StartCallReply reply);

    void Received(CallEvent callEvent);

    /// <summary>The connection was lost or could not be made; the link keeps trying.</summary>
    void Lost();
}

namespace Teleprompter.Gateway.SignIn;

/// <summary>What the Chrome extension is told about sign-in.</summary>
/// <param name="Required">Whether people must sign in; false is development mode.</param>
/// <param name="Client">Null where nobody needs to, or no <c>SignIn:ExtensionClientId</c> is set.</param>
public sealed record ExtensionSignInView(bool Required, ExtensionClient? Client);

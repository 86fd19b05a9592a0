namespace Teleprompter.Gateway.SignIn;

/// <summary>What a page is told about sign-in.</summary>
/// <param name="Required">Whether people must sign in; false is development mode.</param>
/// <param name="Name">Who is signed in; null for nobody, or somebody whose name the provider does not tell.</param>
/// <param name="Role"><c>rep</c>, <c>lead</c> or <c>admin</c>; null for none.</param>
public sealed record SignInView(bool Required, string? Name, string? Role);

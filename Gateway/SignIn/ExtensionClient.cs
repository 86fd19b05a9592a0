namespace Teleprompter.Gateway.SignIn;

/// <summary>As what, and where, the Chrome extension gets access tokens: by the authorization code flow with PKCE.</summary>
/// <param name="RevocationEndpoint">Where a refresh token is given back (RFC 7009); null for a provider without.</param>
/// <param name="Scope">Separated by spaces.</param>
public sealed record ExtensionClient(
    string Issuer, string AuthorizationEndpoint, string TokenEndpoint, string? RevocationEndpoint, string ClientId, string Scope);

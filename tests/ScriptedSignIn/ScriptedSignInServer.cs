using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Teleprompter.Tests.ScriptedSignIn;

/// <summary>
/// An OpenID Connect provider for tests: OpenIddict with <see cref="ScriptedUser.All"/> and without passwords. Pages sign in by the code
/// flow with PKCE, where a click chooses the user; other clients get access tokens by <see cref="AccessToken"/>.
/// </summary>
public sealed class ScriptedSignInServer : IAsyncDisposable
{
    public const string Pages = "teleprompter-pages";
    public const string Audience = "teleprompter";

    const string Cli = "teleprompter-cli";

    static readonly HttpClient http = new();

    readonly WebApplication app;

    ScriptedSignInServer(int port, IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowPasswordFlow();
            server.SetAuthorizationEndpointUris("/authorize").SetTokenEndpointUris("/token");
            server.RegisterScopes(Scopes.OpenId, Scopes.Profile).DisableAccessTokenEncryption();
            server.AddEphemeralEncryptionKey().AddSigningKey(NewKey());
            server.UseAspNetCore().DisableTransportSecurityRequirement()
                .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Pages)
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId is not (Pages or Cli))
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
        });
        app = builder.Build();
        app.UseAuthentication();
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", (Delegate)Token);
    }

    /// <summary>What to set as <c>SignIn:Authority</c>.</summary>
    public Uri Authority => new(app.Urls.Single() + "/");

    /// <summary>What access tokens are issued for; a wrong one makes tokens that the gateway must refuse.</summary>
    public string TokenAudience { get; set; } = Audience;

    /// <summary>What a gateway is started with to use this provider.</summary>
    public string[] Settings =>
        [$"--SignIn:Authority={Authority}", $"--SignIn:ClientId={Pages}", $"--SignIn:Audience={Audience}", "--SignIn:TeamClaim=team"];

    public static async Task<ScriptedSignInServer> StartAsync(int port = 0, IPAddress? address = null)
    {
        var server = new ScriptedSignInServer(port, address ?? IPAddress.Loopback);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Asks for an access token of a user over HTTP, as a client without a browser does.</summary>
    /// <param name="lifetime">How long it is valid; an hour where absent.</param>
    public async Task<string> AccessToken(string user, TimeSpan? lifetime = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = GrantTypes.Password,
            ["client_id"] = Cli,
            ["username"] = user,
            ["password"] = "none",
            ["lifetime_ms"] = $"{(long)(lifetime ?? TimeSpan.FromHours(1)).TotalMilliseconds}",
        });
        using var response = await http.PostAsync(new Uri(Authority, "token"), form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    /// <summary>Signs with a new key from now on. Tokens of the old one stay valid.</summary>
    public void RotateKey() => app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue.SigningCredentials
        .Insert(0, new SigningCredentials(NewKey(), SecurityAlgorithms.RsaSha256));

    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    static IResult Authorize(HttpContext context)
    {
        var hint = context.GetOpenIddictServerRequest()!.LoginHint;
        if (ScriptedUser.All.FirstOrDefault(user => user.Name == hint) is { } known)
        {
            return Results.SignIn(PrincipalOf(known, ""), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        var here = HtmlEncoder.Default.Encode(context.Request.QueryString.Value!);
        var choices = ScriptedUser.All.Select(user => $"""<p><a href="/authorize{here}&amp;login_hint={user.Name}">{user.Shown}</a></p>""");
        var head = """<!doctype html><meta name="color-scheme" content="light dark"><title>Sign in</title><h1>Sign in as</h1>""";
        return Results.Content($"{head}{string.Concat(choices)}", "text/html; charset=utf-8");
    }

    async Task<IResult> Token(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsPasswordGrantType())
        {
            var principal = PrincipalOf(ScriptedUser.All.Single(user => user.Name == request.Username), TokenAudience);
            var lifetime = TimeSpan.FromMilliseconds((long)request["lifetime_ms"]!);
            return Results.SignIn(
                principal.SetAccessTokenLifetime(lifetime), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        var code = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        return Results.SignIn(code.Principal!, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    static ClaimsPrincipal PrincipalOf(ScriptedUser user, string audience)
    {
        var identity = new ClaimsIdentity("scripted", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Name).SetClaim(Claims.Name, user.Shown).SetClaim("team", user.Team);
        if (user.Role is { } role)
        {
            identity.AddClaim(new Claim("roles", role));
        }

        identity.SetScopes(Scopes.OpenId, Scopes.Profile);
        identity.SetResources(audience.Length > 0 ? [audience] : []);
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}

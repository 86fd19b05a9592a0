using System.Collections.Concurrent;
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
    public const string Extension = "teleprompter-extension";
    public const string Audience = "teleprompter";

    const string Cli = "teleprompter-cli";

    // Who signed in here before, as which nobody has to choose again.
    const string SessionCookie = "user";

    static readonly HttpClient http = new();

    // A new one costs each of many tests a quarter of a second.
    static readonly RsaSecurityKey encryptionKey = NewKey();

    readonly ConcurrentQueue<string> revoked = new();
    readonly ConcurrentQueue<string> extensionGrants = new();
    readonly WebApplication app;

    ScriptedSignInServer(int port, IPAddress address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.EnableDegradedMode().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowRefreshTokenFlow()
                .AllowPasswordFlow();
            server.SetAuthorizationEndpointUris("/authorize").SetTokenEndpointUris("/token").SetRevocationEndpointUris("/revoke");
            server.RegisterScopes(Scopes.OpenId, Scopes.Profile, Scopes.OfflineAccess).DisableAccessTokenEncryption();
            server.AddEncryptionKey(encryptionKey).AddSigningKey(NewKey());
            server.UseAspNetCore().DisableTransportSecurityRequirement()
                .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
            server.AddEventHandler<ValidateAuthorizationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId != Pages && (context.ClientId != Extension || !IsOfExtension(context.RedirectUri)))
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
            server.AddEventHandler<ValidateRevocationRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleRevocationRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                revoked.Enqueue(context.GenericTokenPrincipal.GetClaim(Claims.Subject)!);
                return default;
            }));
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(context =>
            {
                if (context.ClientId is not (Pages or Cli or Extension))
                {
                    context.Reject(Errors.InvalidClient);
                }

                return default;
            }));
        });
        app = builder.Build();
        app.Use(AllowExtensions);
        app.UseAuthentication();
        app.MapGet("/authorize", Authorize);
        app.MapPost("/token", (Delegate)Token);
    }

    /// <summary>What to set as <c>SignIn:Authority</c>.</summary>
    public Uri Authority => new(app.Urls.Single() + "/");

    /// <summary>What access tokens are issued for; a wrong one makes tokens that the gateway must refuse.</summary>
    public string TokenAudience { get; set; } = Audience;

    /// <summary>How long an access token of the extension is valid.</summary>
    public TimeSpan ExtensionLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whose refresh tokens were given back.</summary>
    public IReadOnlyCollection<string> Revoked => revoked;

    /// <summary>The grants by which the extension got its tokens, in their order.</summary>
    public IReadOnlyCollection<string> ExtensionGrants => extensionGrants;

    /// <summary>What a gateway is started with to use this provider.</summary>
    public string[] Settings =>
    [
        $"--SignIn:Authority={Authority}", $"--SignIn:ClientId={Pages}", $"--SignIn:Audience={Audience}", "--SignIn:TeamClaim=team",
        $"--SignIn:ExtensionClientId={Extension}",
    ];

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

    static bool IsOfExtension(string? redirect) =>
        redirect is not null && new Uri(redirect).Host.EndsWith(".chromiumapp.org", StringComparison.Ordinal);

    /// <summary>An extension asks for tokens across origins.</summary>
    static Task AllowExtensions(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.StartsWith("chrome-extension://", StringComparison.Ordinal))
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
        }

        return next(context);
    }

    IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest()!;
        var silent = request.HasPromptValue(PromptValues.None);
        var name = silent ? context.Request.Cookies[SessionCookie] : request.LoginHint;
        if (ScriptedUser.All.FirstOrDefault(user => user.Name == name) is { } known)
        {
            context.Response.Cookies.Append(SessionCookie, known.Name);
            var principal = PrincipalOf(known, request.ClientId == Extension ? TokenAudience : "", request.GetScopes());
            return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        if (silent)
        {
            var refusal = new AuthenticationProperties(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.LoginRequired,
            });
            return Results.Forbid(refusal, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
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
            var user = ScriptedUser.All.Single(user => user.Name == request.Username);
            var principal = PrincipalOf(user, TokenAudience, Scopes.OpenId, Scopes.Profile);
            var lifetime = TimeSpan.FromMilliseconds((long)request["lifetime_ms"]!);
            return Results.SignIn(
                principal.SetAccessTokenLifetime(lifetime), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        }

        var code = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (request.ClientId == Extension)
        {
            code.Principal!.SetAccessTokenLifetime(ExtensionLifetime);
            extensionGrants.Enqueue(request.GrantType!);
        }

        return Results.SignIn(code.Principal!, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    static ClaimsPrincipal PrincipalOf(ScriptedUser user, string audience, params IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("scripted", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, user.Name).SetClaim(Claims.Name, user.Shown).SetClaim("team", user.Team);
        if (user.Role is { } role)
        {
            identity.AddClaim(new Claim("roles", role));
        }

        identity.SetScopes(scopes);
        identity.SetResources(audience.Length > 0 ? [audience] : []);
        identity.SetDestinations(static _ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}

using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Teleprompter.Gateway.SignIn;

/// <summary>Development mode: everybody who reaches loopback may do everything, and is nobody in particular.</summary>
sealed class DevelopmentScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Development";

    static readonly SignedInUser anybody = new(Subject: null, Name: null, UserRole.Admin, Team: null, ExpiresAt: null);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(anybody.Principal(Name), Name)));
}

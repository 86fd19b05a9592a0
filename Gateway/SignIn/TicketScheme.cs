using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Teleprompter.Bus;
using Teleprompter.Gateway.Telemetry;

namespace Teleprompter.Gateway.SignIn;

/// <summary>
/// Lets a socket in by its ticket, which SignalR's clients send as their access token: in the address from browsers, in the header from
/// others.
/// </summary>
sealed class TicketScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tickets tickets)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Ticket";

    const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        var ticket = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? header[Bearer.Length..].Trim()
            : Request.Query["access_token"].ToString();
        if (ticket.Length == 0)
        {
            GatewayTelemetry.Refuse("noTicket");
            return AuthenticateResult.NoResult();
        }

        try
        {
            if (await tickets.Redeem(ticket, Context.RequestAborted) is { } user)
            {
                return AuthenticateResult.Success(new AuthenticationTicket(user.Principal(Name), Name));
            }

            GatewayTelemetry.Refuse("ticket");
            return AuthenticateResult.Fail("The ticket is unknown, older than 30 seconds, or was used.");
        }
        catch (CallStoreUnavailableException error)
        {
            GatewayTelemetry.Refuse("storeUnavailable");
            return AuthenticateResult.Fail(error);
        }
    }
}

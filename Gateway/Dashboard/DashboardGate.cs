using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>
/// Until there is sign-in, whoever reaches the lead's pages could read every call: they answer 404 unless every address this gateway is
/// bound to is loopback.
/// </summary>
public sealed class DashboardGate(RequestDelegate next, IServer server)
{
    static readonly string[] Paths = ["/dashboard", "/hubs/lead"];

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!Paths.Any(lead => path.StartsWithSegments(lead, StringComparison.OrdinalIgnoreCase)) || IsLoopbackOnly(Addresses))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Whether nobody on another machine can reach these addresses.</summary>
    /// <param name="addresses">What a server is bound to.</param>
    /// <returns>True when every one is loopback; false when there is none.</returns>
    public static bool IsLoopbackOnly(ICollection<string> addresses) => addresses.Count > 0 && addresses.All(IsLoopback);

    ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    static bool IsLoopback(string address)
    {
        var host = BindingAddress.Parse(address).Host;
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }
}

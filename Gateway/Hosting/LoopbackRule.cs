using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Teleprompter.Gateway.Hosting;

/// <summary>Until there is sign-in, the gateway listens on loopback only, unless <see cref="GatewayOptions.AllowRemote"/> is set.</summary>
static class LoopbackRule
{
    /// <summary>Makes the start fail where an endpoint can be reached from other machines and that is not allowed.</summary>
    public static void UseLoopbackRule(this WebApplicationBuilder builder)
    {
        var allowRemote = builder.Configuration.GetValue<bool>($"{GatewayOptions.Section}:{nameof(GatewayOptions.AllowRemote)}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => Check(endpoint, allowRemote));
        });
    }

    static void Check(ListenOptions endpoint, bool allowRemote)
    {
        if (!allowRemote && endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            throw new InvalidOperationException(
                $"{address} can be reached from other machines, and there is no sign-in yet: whoever reaches it could start calls. "
                + "Listen on http://localhost:5080, or set Gateway:AllowRemote to true (and AllowedHosts to the host's name).");
        }
    }
}

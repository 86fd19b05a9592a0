using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Teleprompter.Gateway.Hosting;

/// <summary>
/// Believes the proxies of <see cref="GatewayOptions.TrustedProxies"/> who the client is, whether it came by TLS, and under which path.
/// </summary>
static class ProxyHeaders
{
    /// <summary>Adds it; everything that looks at a request's address or scheme comes after it.</summary>
    public static void UseProxyHeaders(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.TrustedProxies;
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }

        app.UseForwardedHeaders(options);
    }
}

using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Hosting;

/// <summary>In development mode, where nobody signs in, the gateway listens on loopback only. No setting changes that.</summary>
static class LoopbackRule
{
    /// <summary>Makes the start fail where nobody has to sign in at an endpoint that can be reached from other machines.</summary>
    public static void UseLoopbackRule(this WebApplicationBuilder builder)
    {
        var signIn = builder.Configuration.GetSection(SignInOptions.Section).Get<SignInOptions>()?.Required ?? false;
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => Check(endpoint, signIn));
        });
    }

    static void Check(ListenOptions endpoint, bool signIn)
    {
        var local = endpoint.IPEndPoint is { } address ? IPAddress.IsLoopback(address.Address) : endpoint.SocketPath is not null;
        if (!signIn && !local)
        {
            throw new InvalidOperationException(
                $"{endpoint} can be reached from other machines, and nobody has to sign in: whoever reaches it could read calls. "
                + "Set SignIn:Authority to your company's OpenID Connect provider (see Gateway/README.md), or listen on "
                + "http://localhost:5080.");
        }
    }
}

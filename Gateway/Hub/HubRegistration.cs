using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Gateway.Intake;
using Teleprompter.Gateway.SignIn;

namespace Teleprompter.Gateway.Hub;

/// <summary>Registers SignalR as both hubs need it.</summary>
static class HubRegistration
{
    static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);
    static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(4);

    // What a client gathers of both voices while a connection is lost may come in one go.
    const int MaxBufferedFrames = 500;

    public static IServiceCollection AddHubs(this IServiceCollection services)
    {
        services.AddOptions<HubOptions>().Configure<IOptions<RateLimitOptions>>(
            (options, limits) => options.MaximumReceiveMessageSize = limits.Value.MessageBytes);
        services
            .AddSignalR(options =>
            {
                options.KeepAliveInterval = KeepAlive;
                options.ClientTimeoutInterval = options.HandshakeTimeout = ClientTimeout;
                options.StreamBufferCapacity = MaxBufferedFrames;
                // MessageGate hides every exception but our own. What is left to detail is a malformed argument.
                options.EnableDetailedErrors = true;
                options.AddFilter<MessageGate>();
                options.AddFilter<ConnectionSignIn>();
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = DashboardJson.BothHubs)
            // SignalR takes the last one of a name.
            .Services.AddSingleton<IHubProtocol, PacedProtocol>();
        return services;
    }
}

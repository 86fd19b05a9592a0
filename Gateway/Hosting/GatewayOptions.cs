namespace Teleprompter.Gateway.Hosting;

/// <summary>Who reaches the gateway. Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>
    /// Exact origins, besides the gateway's own, whose pages may open a socket: for example <c>chrome-extension://abcdefghijklmnop</c>.
    /// Empty by default.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Lets the gateway listen on addresses other than loopback. False by default: until sign-in exists, whoever reaches the port may start
    /// calls.
    /// </summary>
    public bool AllowRemote { get; set; }
}

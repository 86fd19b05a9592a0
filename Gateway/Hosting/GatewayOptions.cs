using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Teleprompter.Gateway.Hosting;

/// <summary>Who reaches the gateway. Section <c>Gateway</c>.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    public const string Section = "Gateway";

    /// <summary>
    /// Origins, besides the gateway's own, whose pages may open a socket: for example <c>chrome-extension://abcdefghijklmnop</c>.
    /// Empty by default.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Addresses or networks (<c>10.0.0.7</c>, <c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and
    /// <c>X-Forwarded-Prefix</c> are believed. Empty by default: nobody's are.
    /// </summary>
    public IList<string> TrustedProxies { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var origin in AllowedOrigins.Where(origin => !Origin.Is(origin)))
        {
            yield return new ValidationResult(
                $"Gateway:AllowedOrigins: '{origin}' is no origin. Write scheme, host and port, as in https://crm.example:8443, "
                + "one entry for each origin.");
        }

        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
        {
            yield return new ValidationResult(
                $"Gateway:TrustedProxies: '{proxy}' is neither an address nor a network. Write 10.0.0.7 or 10.0.0.0/8.");
        }
    }
}

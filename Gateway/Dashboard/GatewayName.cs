using System.Reflection;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>This gateway among others.</summary>
public sealed class GatewayName
{
    /// <summary>New with every start.</summary>
    public string Id { get; } = $"g-{Guid.CreateVersion7():N}";

    public string Version { get; } =
        typeof(GatewayName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}

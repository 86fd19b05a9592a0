using System.Reflection;

namespace Teleprompter.Gateway.Dashboard;

/// <summary>This gateway among others.</summary>
public sealed class GatewayName
{
    /// <summary>Its id, new with every start.</summary>
    public string Id { get; } = $"g-{Guid.CreateVersion7():N}";

    /// <summary>The build it runs.</summary>
    public string Version { get; } =
        typeof(GatewayName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?";
}

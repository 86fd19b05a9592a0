using System.Reflection;
using OpenTelemetry.Resources;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>What kind of process this is, as OpenTelemetry's <c>service.name</c>.</summary>
/// <param name="Name">For example <c>teleprompter-gateway</c>.</param>
public sealed record ProcessName(string Name)
{
    /// <summary>The process, as OpenTelemetry names it.</summary>
    internal ResourceBuilder Resource => ResourceBuilder.CreateEmpty()
        .AddService(Name, serviceVersion: Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion)
        .AddEnvironmentVariableDetector();
}

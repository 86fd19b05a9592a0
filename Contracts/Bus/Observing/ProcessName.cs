namespace Teleprompter.Bus.Observing;

/// <summary>What kind of process this is, as OpenTelemetry's <c>service.name</c>.</summary>
/// <param name="Name">For example <c>teleprompter-gateway</c>.</param>
public sealed record ProcessName(string Name);

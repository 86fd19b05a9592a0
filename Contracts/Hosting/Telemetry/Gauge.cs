namespace Teleprompter.Hosting.Telemetry;

/// <summary>Something that is looked at whenever metrics are collected.</summary>
/// <param name="Name">Its name, by OpenTelemetry's rules: <c>teleprompter.gateway.calls</c>.</param>
/// <param name="Unit">Its unit in UCUM, such as <c>{call}</c>; null for yes (1) and no (0).</param>
/// <param name="Description">What it says, in a sentence.</param>
/// <param name="Read">Looks; must be cheap.</param>
public sealed record Gauge(string Name, string? Unit, string Description, Func<long> Read);

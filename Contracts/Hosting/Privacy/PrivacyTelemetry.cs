using System.Diagnostics.Metrics;

namespace Teleprompter.Hosting.Privacy;

/// <summary>Counts what is removed.</summary>
static class PrivacyTelemetry
{
    static readonly Counter<long> redacted = new Meter(MeterName).CreateCounter<long>(
        "teleprompter.privacy.redacted", "{mention}", "Numbers and addresses of persons removed from what was said, by kind.");

    public const string MeterName = "Teleprompter.Privacy";

    public static void Redact(string placeholder) => redacted.Add(1, new KeyValuePair<string, object?>("kind", placeholder.Trim('[', ']')));
}

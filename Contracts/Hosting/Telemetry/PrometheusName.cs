using System.Text;

namespace Teleprompter.Hosting.Telemetry;

/// <summary>
/// OpenTelemetry's names in Prometheus' words, by the rules of the OpenTelemetry specification ("Prometheus and OpenMetrics Compatibility"): what Prometheus
/// cannot write becomes an underscore, the unit is written out at the end, and what only grows ends in <c>_total</c>.
/// </summary>
public static class PrometheusName
{
    const string Total = "_total";

    static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days",
        ["h"] = "hours",
        ["min"] = "minutes",
        ["s"] = "seconds",
        ["ms"] = "milliseconds",
        ["us"] = "microseconds",
        ["ns"] = "nanoseconds",
        ["By"] = "bytes",
        ["%"] = "percent",
    };

    /// <summary>A metric's name.</summary>
    /// <param name="name">OpenTelemetry's.</param>
    /// <param name="unit">Its unit in UCUM; empty for none.</param>
    /// <param name="grows">It is a counter.</param>
    /// <param name="isGauge">It is a gauge, whose unit <c>1</c> means a ratio.</param>
    /// <returns>Prometheus' name.</returns>
    public static string Of(string name, string unit, bool grows, bool isGauge)
    {
        var words = Clean(name);
        if (grows && words.EndsWith(Total, StringComparison.Ordinal))
        {
            words = words[..^Total.Length];
        }

        var suffix = unit == "1" ? (isGauge ? "ratio" : "") : UnitOf(unit);
        if (suffix.Length > 0 && !words.EndsWith(suffix, StringComparison.Ordinal))
        {
            words = $"{words}_{suffix}";
        }

        return grows ? words + Total : words;
    }

    /// <summary>A label's name.</summary>
    /// <param name="key">The attribute's.</param>
    /// <returns>Prometheus' name.</returns>
    public static string Label(string key) => Clean(key);

    static string UnitOf(string unit)
    {
        var parts = unit.Split('/', 2);
        var of = Word(parts[0]);
        var per = parts.Length == 2 ? Word(parts[1]).TrimEnd('s') : "";
        return (of, per) switch
        {
            (_, "") => of,
            ("", _) => $"per_{per}",
            _ => $"{of}_per_{per}",
        };
    }

    /// <summary>A unit in braces only annotates a plain number.</summary>
    static string Word(string unit) => unit.StartsWith('{') ? "" : Units.TryGetValue(unit, out var word) ? word : Clean(unit).Trim('_');

    static string Clean(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        if (name.Length > 0 && char.IsAsciiDigit(name[0]))
        {
            clean.Append('_');
        }

        foreach (var letter in name)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                clean.Append(letter);
            }
            else if (clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append('_');
            }
        }

        return clean.ToString();
    }
}

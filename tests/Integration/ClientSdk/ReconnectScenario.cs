using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>A scenario of <c>tests/Golden/reconnect.json</c>.</summary>
public sealed partial record ReconnectScenario(string Name, IReadOnlyList<ReconnectScenario.Step> Steps, ReconnectScenario.State? After)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ReconnectScenario> Read() =>
        JsonSerializer.Deserialize<List<ReconnectScenario>>(
            File.ReadAllText(Path.Combine(RepositoryFiles.Golden, "reconnect.json")), Json)!;

    /// <summary><c>c-1..c-3</c> names c-1, c-2 and c-3; <c>1..3</c> the numbers.</summary>
    public static IEnumerable<string> Expand(string names)
    {
        var range = Range().Match(names).Groups;
        return range["first"].Success
            ? Enumerable.Range(1, Number("last")).Skip(Number("first") - 1).Select(number => $"{range["prefix"].Value}{number}")
            : [names];

        int Number(string name) => int.Parse(range[name].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>What is done, and what the gateway then gets and the client is told.</summary>
    public sealed record Step(IReadOnlyList<string> Do, IReadOnlyList<string> Sent, int Unsent = 0)
    {
        public IReadOnlyList<string> Told { get; init; } = [];
    }

    /// <summary>How things stand after a scenario; the defaults are those of a call that goes well.</summary>
    public sealed record State
    {
        public string Phase { get; init; } = "open";

        public bool Paused { get; init; }

        public string? Brief { get; init; } = "Lee";

        public long Dropped { get; init; }

        public int FeedbackWaiting { get; init; }
    }

    [GeneratedRegex(@"^(?<prefix>.*?)(?<first>\d+)\.\.\D*(?<last>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Range();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Teleprompter.Contracts.Dashboard;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Dashboard;

public sealed class GoldenDashboardTests
{
    static readonly Dictionary<string, Type> Types = new(StringComparer.Ordinal)
    {
        ["view"] = typeof(FleetView),
        ["sight"] = typeof(CallSight),
        ["receipt"] = typeof(LineReceipt),
    };

    static IEnumerable<TestCaseData> Files => Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Golden, "lead"), "*.json")
        .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(Files))]
    public void What_a_lead_hears_read_and_written_again_is_the_same(string file)
    {
        var golden = File.ReadAllText(file);
        var type = Types[Path.GetFileName(file).Split('.')[0]];

        var written = JsonSerializer.Serialize(
            JsonSerializer.Deserialize(golden, type, DashboardJson.BothHubs), type, DashboardJson.BothHubs);

        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(written), JsonNode.Parse(golden)), Is.True, written);
    }
}

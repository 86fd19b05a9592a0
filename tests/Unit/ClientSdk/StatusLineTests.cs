using System.Text.Json;
using System.Text.Json.Nodes;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.ClientSdk;

/// <summary>The status line says what the shared golden cases say, word for word.</summary>
public sealed class StatusLineTests
{
    static readonly CallStatus AllIsWell = new(
        ModelState.Ready, StorageState.Ready, Busy: false, Thinking: false, Paused: false, Hearing.Both);

    [TestCaseSource(nameof(Cases))]
    public void The_first_line_that_holds_is_shown(string _, JsonObject golden)
    {
        var status = JsonSerializer.SerializeToNode(AllIsWell, JsonSerializerOptions.Web)!.AsObject();
        foreach (var (fact, value) in golden["status"]!.AsObject())
        {
            status[fact] = value!.DeepClone();
        }

        var line = StatusLine.Pick(
            status.Deserialize<CallStatus>(JsonSerializerOptions.Web)!,
            golden["connection"].Deserialize<ConnectionState>(JsonSerializerOptions.Web)!);
        Assert.That(JsonSerializer.Serialize(line.Kind), Is.EqualTo(golden["kind"]!.ToJsonString()));
        Assert.That(line.Text, Is.EqualTo((string?)golden["text"]));
    }

    static IEnumerable<TestCaseData> Cases() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryFiles.Golden, "status-line.json")))!.AsArray()
            .Select(golden => new TestCaseData((string?)golden!["name"], golden.AsObject()).SetArgDisplayNames((string)golden["name"]!));
}

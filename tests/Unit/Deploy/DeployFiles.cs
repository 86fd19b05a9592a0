using System.Text.Json.Nodes;
using Teleprompter.Tests.Unit.Repository;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Teleprompter.Tests.Unit.Deploy;

/// <summary>Reads the files of <c>deploy</c>. A file that does not parse, or says something twice, fails whoever reads it.</summary>
static class DeployFiles
{
    static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization()
        .WithDuplicateKeyChecking().Build();
    static readonly ISerializer Json = new SerializerBuilder().JsonCompatible().Build();

    /// <summary>Every file below a folder of <c>deploy</c>, by path from there.</summary>
    public static IEnumerable<string> All(string below, params string[] extensions) => Directory
        .EnumerateFiles(Path.Combine(RepositoryFiles.Deploy, below), "*", SearchOption.AllDirectories)
        .Where(file => extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
        .Select(file => Path.GetRelativePath(RepositoryFiles.Deploy, file))
        .Order(StringComparer.Ordinal);

    public static string Text(string path) => File.ReadAllText(Path.Combine(RepositoryFiles.Deploy, path));

    /// <summary>The documents of a YAML file, as JSON; <c>&lt;&lt;</c> merged.</summary>
    public static IReadOnlyList<JsonNode> Documents(string path)
    {
        var parser = new MergingParser(new Parser(new StringReader(Text(path))));
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Current is DocumentStart)
        {
            documents.Add(JsonNode.Parse(Json.Serialize(Yaml.Deserialize(parser)!))!);
        }

        return documents;
    }

    /// <summary>Every Kubernetes object of a kind, with its file.</summary>
    public static IEnumerable<(string File, JsonNode Object)> Objects(string kind) =>
        from file in All("k8s", ".yaml")
        from document in Documents(file)
        where Text(document, "kind") == kind
        select (file, document);

    /// <summary>What stands at a path of keys, or null.</summary>
    public static JsonNode? At(JsonNode? node, params string[] keys) =>
        keys.Aggregate(node, (at, key) => at is JsonObject of ? of[key] : null);

    /// <summary>The text at a path of keys, or null.</summary>
    public static string? Text(JsonNode? node, params string[] keys) => At(node, keys)?.ToString();

    /// <summary>The items of a list, or none.</summary>
    public static IEnumerable<JsonNode> Items(JsonNode? node) => node is JsonArray items ? items.Select(item => item!) : [];

    /// <summary>The containers of our own that a Kubernetes deployment starts: a gateway or a worker.</summary>
    public static IEnumerable<(string File, JsonNode Pod, JsonNode Container)> OurContainers() =>
        from deployment in Objects("Deployment")
        let pod = At(deployment.Object, "spec", "template", "spec")
        from container in Items(At(pod, "containers"))
        where Text(container, "image") is "teleprompter/gateway" or "teleprompter/worker"
        select (deployment.File, pod, container);
}

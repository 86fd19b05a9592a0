using System.Text.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.TurnTaking;

/// <summary>A bundled call, as the side panel plays it.</summary>
public sealed record SampleCall(string Id, string Title, string Kind, CallBrief Brief, IReadOnlyList<LabelledTurn> Turns)
{
    static readonly string folder = Path.Combine(
        RepositoryFiles.Golden, "..", "..", "ClientSdk", "Browser", "side-panel", "public", "calls");

    public static IReadOnlyList<Listing> Index { get; } = Read<Listing[]>("index.json");

    public static IReadOnlyList<SampleCall> All { get; } = [.. Index.Select(listing => Read<SampleCall>(listing.File))];

    public override string ToString() => Id;

    public static string PathOf(string id) => Path.Combine(folder, Index.Single(listing => listing.Id == id).File);

    static T Read<T>(string file) =>
        JsonSerializer.Deserialize<T>(File.ReadAllText(Path.Combine(folder, file)), JsonSerializerOptions.Web)!;

    public sealed record Listing(string Id, string File, string Title, string Kind, string Description, double Minutes);
}

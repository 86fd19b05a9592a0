using System.Text.RegularExpressions;
using Teleprompter.ClientSdk;
using Teleprompter.Contracts;
using Teleprompter.Tests.Integration.Gateway;

namespace Teleprompter.Tests.Integration.ClientSdk;

/// <summary>The example of the SDK's README compiles, runs, and is this one.</summary>
[CancelAfter(20_000)]
public sealed partial class ReadmeExampleTests
{
    static readonly List<string> Written = [];

    [Test]
    public async Task It_prints_something_to_say(CancellationToken cancellationToken)
    {
        await using var gateway = await RunningGateway.Start();
        await Example(gateway.Address).WaitAsync(cancellationToken);
        Assert.That(Written, Has.Some.StartsWith("Say: ").And.Some.StartsWith("TurnSettled: "));
    }

    [Test]
    public void It_is_the_one_that_the_readme_shows()
    {
        var readme = File.ReadAllText(FromRoot("ClientSdk/DotNet/README.md"));
        var source = File.ReadAllText(FromRoot("tests/Integration/ClientSdk/ReadmeExampleTests.cs"));
        var shown = Block().Match(readme).Groups["code"].Value;
        var compiled = Region().Match(source).Groups["code"].Value;
        Assert.That(shown.Trim(), Is.EqualTo(compiled.Replace("\n        ", "\n", StringComparison.Ordinal).Trim()));
    }

    static async Task Example(Uri gateway)
    {
        // README
        await using var call = new CallClient(
            new CallClientOptions(gateway) { Brief = new CallBrief(CustomerName: "Lee"), Trouble = Console.WriteLine });
        var events = call.Events();
        await call.ConnectAsync();
        call.Hear(new TranscriptSegment("c-1", Speaker.Customer, "That is too expensive, isn't it?", Final: true));
        await foreach (var heard in events)
        {
            Console.WriteLine(
                heard is SuggestionCompleted suggestion ? $"Say: {suggestion.Text}" : $"{heard.GetType().Name}: {call.StatusLine.Text}");
            if (heard is TurnSettled) await call.EndCall();
        }
        // END
    }

    static string FromRoot(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Teleprompter.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, path);
    }

    [GeneratedRegex(
        @"```csharp\n.*?localhost:5080""\);\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(
        @"// README\n(?<code>.*?)\n\s*// END", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Region();

    /// <summary>Stands in for the real one inside the example.</summary>
    static class Console
    {
        public static void WriteLine(string line) => Written.Add(line);
    }
}

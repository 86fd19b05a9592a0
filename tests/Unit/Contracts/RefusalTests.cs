using System.Text.Json;
using Teleprompter.Contracts;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Contracts;

/// <summary>Refusals are read as the shared golden cases say.</summary>
public sealed class RefusalTests
{
    [TestCaseSource(nameof(Cases))]
    public void An_error_of_the_hub_says_what_is_wrong_and_whether_to_try_again(Case golden) =>
        Assert.That(Refusal.Read(golden.Error), Is.EqualTo(new Refusal(golden.Message, golden.MayRetry, golden.NeedsConsent)));

    [TestCase(false, false)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    public void What_is_written_is_read(bool mayRetry, bool needsConsent)
    {
        var refusal = new Refusal("Storage is not reachable.", mayRetry, needsConsent);
        Assert.That(Refusal.Read($"HubException: {refusal}"), Is.EqualTo(refusal));
    }

    static Case[] Cases() =>
        JsonSerializer.Deserialize<Case[]>(
            File.ReadAllText(Path.Combine(RepositoryFiles.Golden, "refusals.json")), JsonSerializerOptions.Web)!;

    public sealed record Case(string Name, string Error, string Message, bool MayRetry, bool NeedsConsent = false)
    {
        public override string ToString() => Name;
    }
}

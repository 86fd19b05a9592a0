using Microsoft.Extensions.Options;
using Teleprompter.Contracts;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Memory;
using Teleprompter.InferenceWorker.Models;

namespace Teleprompter.Tests.Unit.ContextAssembly;

/// <summary>A call to make prompts of.</summary>
static class Sample
{
    public static ContextAssembler Assembler { get; } = new(Options.Create(new ContextOptions()), Options.Create(new ModelOptions()));

    public static CallContext Call { get; } = new(
        new CallBrief(
            "Ann Reed",
            "Maria Lopez",
            "Acme Logistics",
            "CFO",
            "Northwind Desk",
            "Renewal of their current tool is on 31 March. Budget 40k."),
        "en-GB",
        [
            Card(
                "Price is too high",
                "Before we compare prices: what was included in that quote?",
                "Teams recover the cost in 4.5 months.",
                "Value study 2026"),
        ],
        new ConversationSummary(
            "Acme loses requests in shared mailboxes; two big customers complained last month.", Until: TimeSpan.FromSeconds(5)),
        [
            Said(Speaker.Customer, "We get about three hundred requests a week.", 5),
            Said(Speaker.Rep, "That is a lot for two people.", 60),
            Said(Speaker.Customer, "Yes.", 90),
            Said(Speaker.Customer, "But you are twenty percent more expensive than what we have.", 92),
        ],
        ["Yes. But you are twenty percent more expensive than what we have."],
        ["Ask how much time two people lose each week."],
        TimeSpan.FromSeconds(100));

    public static string System(this ModelPrompt prompt) => prompt.Messages.Single(message => message.Role == PromptRole.System).Text;

    public static string User(this ModelPrompt prompt) => prompt.Messages.Single(message => message.Role == PromptRole.User).Text;

    public static string Part(this ModelPrompt prompt, string tag)
    {
        var user = prompt.User();
        var start = user.IndexOf($"<{tag}>", StringComparison.Ordinal);
        return start < 0 ? "" : user[start..(user.IndexOf($"</{tag}>", StringComparison.Ordinal) + tag.Length + 3)];
    }

    public static CardView Card(string title, string text, string? fact = null, string? source = null) =>
        new("card", "turn", title, text, fact, source, "v1");

    public static SpokenLine Said(Speaker speaker, string text, double atSeconds) => new(speaker, text, TimeSpan.FromSeconds(atSeconds));
}

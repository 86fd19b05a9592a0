using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>
/// What customers say in a run: lines that the playbook shipped with the worker answers, each with another card than the one before.
/// </summary>
static class CustomerLines
{
    static readonly string[] lines =
    [
        "That is more expensive than we planned to spend.",
        "How long does it take to migrate our data?",
        "Where is our data stored?",
        "We already have a tool that does this and we are happy with it.",
        "Can you give us a discount?",
        "Does it integrate with our CRM?",
    ];

    /// <summary>The line of a call's turn.</summary>
    /// <param name="turn">0 for the call's first.</param>
    public static string At(int turn) => lines[turn % lines.Length];

    /// <summary>The line with a number in its sentence, by which the model's record knows its request.</summary>
    public static string Numbered(int turn, long number)
    {
        var line = At(turn);
        return string.Create(CultureInfo.InvariantCulture, $"{line[..^1]} #{number}{line[^1]}");
    }
}

namespace Teleprompter.Cli;

/// <summary>Names of the code, as words for a reader.</summary>
static class Wording
{
    /// <summary>The words of a name in PascalCase: ByPlaybook becomes "by playbook".</summary>
    /// <param name="value">The name.</param>
    public static string Words<T>(this T value)
        where T : struct, Enum =>
        string.Concat($"{value}".Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}

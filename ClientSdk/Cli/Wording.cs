namespace Teleprompter.Cli;

/// <summary>Writes enum members as words.</summary>
static class Wording
{
    /// <summary>The words of a name in PascalCase: ByPlaybook becomes "by playbook".</summary>
    public static string Words<T>(this T value)
        where T : struct, Enum =>
        string.Concat($"{value}".Select((letter, at) =>
            char.IsUpper(letter) ? (at > 0 ? " " : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}

namespace Teleprompter.Tests.ScriptedSignIn;

/// <summary>Somebody whom the scripted provider knows.</summary>
/// <param name="Name">What the person signs in as, and the subject of the tokens.</param>
/// <param name="Shown">The name to be shown.</param>
/// <param name="Role">The value of <c>roles</c>; null for none.</param>
public sealed record ScriptedUser(string Name, string Shown, string? Role, string Team = "north")
{
    public static IReadOnlyList<ScriptedUser> All { get; } =
    [
        new("ann", "Ann Rep", "rep"), new("bob", "Bob Rep", "rep"), new("lee", "Lee Lead", "lead"), new("sue", "Sue South", "rep", "south"),
        new("tom", "Tom South", "lead", "south"), new("ada", "Ada Admin", "admin"), new("guy", "Guy Guest", Role: null),
    ];
}

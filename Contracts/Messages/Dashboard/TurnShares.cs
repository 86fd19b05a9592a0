namespace Teleprompter.Contracts.Dashboard;

/// <summary>Turns that deserve an answer, by who answered.</summary>
/// <param name="Model">The model.</param>
/// <param name="Playbook">The playbook only.</param>
/// <param name="Nobody">Nobody.</param>
public sealed record TurnShares(long Model, long Playbook, long Nobody)
{
    public static TurnShares operator +(TurnShares one, TurnShares other) => new(
        one.Model + other.Model, one.Playbook + other.Playbook, one.Nobody + other.Nobody);
}

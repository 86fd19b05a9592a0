namespace Teleprompter.Contracts.Dashboard;

/// <summary>Averages of the stages up to the model's first words on the screen, in milliseconds. They sum to the whole.</summary>
/// <param name="TurnMs">End of speech to the turn judged complete.</param>
/// <param name="BusMs">Between gateway and worker.</param>
/// <param name="CoalesceMs">Waiting for an older stream of the same call.</param>
/// <param name="HeldMs">Waiting for a free stream across calls.</param>
/// <param name="ContextMs">Matching the playbook and assembling the prompt.</param>
/// <param name="FirstTokenMs">Request sent to the first words.</param>
/// <param name="NetworkMs">Between gateway and client.</param>
/// <param name="RenderMs">First words received to painted.</param>
public sealed record StageMeans(
    double TurnMs,
    double BusMs,
    double CoalesceMs,
    double HeldMs,
    double ContextMs,
    double FirstTokenMs,
    double NetworkMs,
    double RenderMs);

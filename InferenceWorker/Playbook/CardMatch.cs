namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>The card that answers a turn.</summary>
/// <param name="Confidence">0 to 1; from 0.5 the card is shown without being asked for.</param>
public sealed record CardMatch(PlaybookCard Card, double Confidence);

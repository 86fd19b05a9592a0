namespace Teleprompter.Contracts.Dashboard;

/// <summary>What became of a line to a rep.</summary>
/// <param name="NudgeId">The line.</param>
/// <param name="Shown">The rep's panel said that it has it. False says nothing: the line or the receipt may have been lost.</param>
/// <param name="AfterMs">From sending it to the receipt, in milliseconds.</param>
public sealed record LineReceipt(string NudgeId, bool Shown, double AfterMs);

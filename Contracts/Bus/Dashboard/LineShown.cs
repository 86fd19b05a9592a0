namespace Teleprompter.Bus.Dashboard;

/// <summary>The panel of a call says that it has a line.</summary>
public sealed record LineShown(string NudgeId);

namespace Teleprompter.Hosting.Privacy;

/// <summary>A part of a text that is removed.</summary>
/// <param name="Placeholder">What stands in its place.</param>
readonly record struct Finding(int Start, int End, string Placeholder);

namespace Teleprompter.Cli.Match;

/// <summary>Something that a customer says, and the card that should fire.</summary>
/// <param name="Line">Its line in the file, counted from 1.</param>
/// <param name="Card">The card's id; empty when none should fire.</param>
sealed record Question(long Line, string Text, string Card);

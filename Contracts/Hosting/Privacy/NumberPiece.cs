namespace Teleprompter.Hosting.Privacy;

/// <summary>A group of digits: "4111", "forty one", "double five".</summary>
readonly record struct NumberPiece(int Start, int End, string Digits);

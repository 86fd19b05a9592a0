namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>A price, percentage, number, date or promise within a text.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Key">What it comes to, the same for every way to write it.</param>
readonly record struct Claim(int At, string Text, ClaimKind Kind, string Key)
{
    public bool Overlaps(Claim other) => At < other.At + other.Text.Length && other.At < At + Text.Length;
}

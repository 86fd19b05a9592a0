namespace Teleprompter.InferenceWorker.Models.Claims;

/// <summary>A price, percentage, number, date or promise within a text.</summary>
/// <param name="At">Where it begins.</param>
/// <param name="Text">As it is written.</param>
/// <param name="Key">What it comes to, the same for every way to write it.</param>
readonly record struct Claim(int At, string Text, ClaimKind Kind, string Key)
{
    /// <summary>Where what follows it begins.</summary>
    public int End => At + Text.Length;

    public bool Overlaps(Claim other) => At < other.End && other.At < End;
}

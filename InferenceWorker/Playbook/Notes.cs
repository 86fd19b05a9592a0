using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using Teleprompter.InferenceWorker.Playbook.Matching;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>
/// A team's own notes as they were at one moment, in memory, found by meaning: every passage is compared with what was said. Immutable and
/// thread-safe.
/// </summary>
public sealed class Notes
{
    /// <summary>Passages that are found at most.</summary>
    public const int Most = 5;

    // A passage that answers a question is about this like it in meaning, small talk is far less; others may be a little worse.
    const float Near = 0.35f;
    const float BesideTheBest = 0.12f;

    readonly IReadOnlyList<float[]> vectors;

    Notes(IReadOnlyList<NotePassage> passages, IReadOnlyList<float[]> vectors) => (Passages, this.vectors) = (passages, vectors);

    /// <summary>No notes.</summary>
    public static Notes None { get; } = new([], []);

    public IReadOnlyList<NotePassage> Passages { get; }

    /// <summary>A hash over all passages.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join('\n', Passages.Select(passage => $"{passage.Source}\0{passage.Text}")))));

    /// <summary>Notes that can be found; what is new of them is embedded before this returns.</summary>
    /// <param name="problem">Why new vectors could not be kept; null for no problem.</param>
    public static Notes Of(IReadOnlyList<NotePassage> passages, TextVectors vectors, out Exception? problem) => new(
        passages,
        vectors.Kept([.. passages.Select(passage => string.Join(' ', SpokenWords.Of($"{passage.Source} {passage.Text}")))], out problem));

    /// <summary>The passages that may answer what was said, the nearest first.</summary>
    /// <param name="recent">The vectors of what the call compared before.</param>
    public IReadOnlyList<NotePassage> Find(string text, TextVectors texts, PassageVectors recent)
    {
        var said = Matching.Passages.Of(text);
        if (Passages.Count == 0 || said.Length == 0)
        {
            return [];
        }

        // The whole turn, which the cards were compared with as well, and the last that was said.
        var questions = recent.Of([.. said.Take(1), .. said.Skip(1).TakeLast(1)], texts);
        var near = new List<(NotePassage Passage, float Likeness)>();
        for (var at = 0; at < Passages.Count; at++)
        {
            var likeness = questions.Max(question => TensorPrimitives.Dot(question, vectors[at]));
            if (likeness >= Near)
            {
                near.Add((Passages[at], likeness));
            }
        }

        var ordered = near.OrderByDescending(found => found.Likeness).Take(Most).ToList();
        return [.. ordered.Where(found => found.Likeness >= ordered[0].Likeness - BesideTheBest).Select(found => found.Passage)];
    }
}

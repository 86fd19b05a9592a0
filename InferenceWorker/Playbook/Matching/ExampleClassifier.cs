using System.Numerics;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// Learns classes from a few examples each: kernel ridge regression, every class against the rest, solved in closed form
/// (Saunders, Gammerman and Vovk, 1998) over text similarities. Thread-safe.
/// </summary>
sealed class ExampleClassifier
{
    // Found on banking77 and the development half of the sales lines; the result is flat around them.
    const float Ridge = 0.3f;

    readonly ExampleIndex index;
    readonly int classes;
    readonly float[] weights; // one row of classes for each example

    /// <summary>Trains on examples, each given as its stemmed words and its class.</summary>
    /// <param name="classes">The number of classes; theirs are 0 and up.</param>
    public ExampleClassifier(IReadOnlyList<(IReadOnlyList<string> Words, int Class)> examples, int classes)
    {
        this.classes = classes;
        index = new ExampleIndex(examples);
        weights = new float[examples.Count * classes];
        Train(examples);
    }

    /// <summary>Fills <paramref name="scores"/>, one for each class: about 1 for a text like its examples, about 0 for any other.</summary>
    public void Score(IReadOnlyList<string> words, Span<float> scores)
    {
        Span<float> similarities = index.Count <= 1024 ? stackalloc float[index.Count] : new float[index.Count];
        index.Compare(words, similarities);
        scores.Clear();
        for (var example = 0; example < similarities.Length; example++)
        {
            var similarity = similarities[example];
            if (similarity > 0)
            {
                AddScaled(scores, weights.AsSpan(example * classes, classes), Kernel(similarity));
            }
        }
    }

    void Train(IReadOnlyList<(IReadOnlyList<string> Words, int Class)> examples)
    {
        var rows = new double[examples.Count][];
        var similarities = new float[examples.Count];
        for (var row = 0; row < rows.Length; row++)
        {
            index.Compare(examples[row].Words, similarities);
            rows[row] = [.. similarities.Take(row + 1).Select(similarity => (double)Kernel(similarity))];
            rows[row][row] += Ridge;
        }

        var system = new CholeskyDecomposition(rows);
        var target = new double[examples.Count];
        for (var wanted = 0; wanted < classes; wanted++)
        {
            for (var row = 0; row < target.Length; row++)
            {
                target[row] = examples[row].Class == wanted ? 1 : 0;
            }

            system.Solve(target);
            for (var row = 0; row < target.Length; row++)
            {
                weights[(row * classes) + wanted] = (float)target[row];
            }
        }
    }

    // The power favours one close example over many that share a common word.
    static float Kernel(float similarity) => similarity * MathF.Sqrt(similarity);

    static void AddScaled(Span<float> sums, ReadOnlySpan<float> values, float scale)
    {
        var at = 0;
        for (; at + Vector<float>.Count <= sums.Length; at += Vector<float>.Count)
        {
            (new Vector<float>(sums[at..]) + (new Vector<float>(values[at..]) * scale)).CopyTo(sums[at..]);
        }

        for (; at < sums.Length; at++)
        {
            sums[at] += values[at] * scale;
        }
    }
}

using System.Numerics.Tensors;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>
/// Learns classes from a few examples each: kernel ridge regression, every class against the rest, solved in closed form
/// (Saunders, Gammerman and Vovk, 1998) over the similarity of texts in meaning and in words. Thread-safe.
/// </summary>
sealed class ExampleClassifier
{
    // Found on banking77 and by cross-validation over the examples; the result is flat around them.
    const float Ridge = 0.1f;
    const float RidgeOfWords = 0.3f;
    const float MeaningShare = 0.75f;
    const float Sharpness = 3;

    const int MostOnStack = 2048;

    readonly WordSimilarity words;
    readonly IReadOnlyList<float[]>? vectors;
    readonly float[] weights; // one row of classes for each example
    readonly int classes;
    readonly int count;

    /// <summary>Trains on examples.</summary>
    /// <param name="examples">Spoken words joined by spaces, and their class, from 0.</param>
    /// <param name="vectors">The examples' vectors; null to compare by words alone.</param>
    public ExampleClassifier(IReadOnlyList<(string Text, int Class)> examples, IReadOnlyList<float[]>? vectors, int classes)
    {
        (this.vectors, this.classes, count) = (vectors, classes, examples.Count);
        words = new WordSimilarity(examples, classes);
        weights = new float[count * classes];
        Train(examples);
    }

    /// <summary>Fills <paramref name="similarities"/>, one for each example, with values from 0 to about 1.</summary>
    /// <param name="vector">The text's vector; not used where the examples have none.</param>
    public void Compare(string text, float[]? vector, Span<float> similarities)
    {
        words.Compare(text, similarities);
        for (var example = 0; example < count; example++)
        {
            // The power favours one close example over many that share a common word.
            similarities[example] = vectors is null
                ? similarities[example] * MathF.Sqrt(similarities[example])
                : (MeaningShare * MathF.Exp(Sharpness * (TensorPrimitives.Dot(vector, vectors[example]) - 1)))
                    + ((1 - MeaningShare) * similarities[example]);
        }
    }

    /// <summary>Fills <paramref name="scores"/>, one for each class: about 1 for a text like its examples, about 0 for any other.</summary>
    /// <param name="vector">The text's vector; not used where the examples have none.</param>
    public void Score(string text, float[]? vector, Span<float> scores)
    {
        Span<float> similarities = count <= MostOnStack ? stackalloc float[count] : new float[count];
        Compare(text, vector, similarities);
        scores.Clear();
        for (var example = 0; example < count; example++)
        {
            // Most examples have no word of the text.
            if (similarities[example] != 0)
            {
                TensorPrimitives.MultiplyAdd(weights.AsSpan(example * classes, classes), similarities[example], scores, scores);
            }
        }
    }

    void Train(IReadOnlyList<(string Text, int Class)> examples)
    {
        var rows = new double[count][];
        var similarities = new float[count];
        for (var row = 0; row < count; row++)
        {
            Compare(examples[row].Text, vectors?[row], similarities);
            rows[row] = [.. similarities.Take(row + 1)];
            rows[row][row] += vectors is null ? RidgeOfWords : Ridge;
        }

        var system = new CholeskyDecomposition(rows);
        for (var wanted = 0; wanted < classes; wanted++)
        {
            double[] target = [.. examples.Select(example => example.Class == wanted ? 1 : 0)];
            system.Solve(target);
            for (var row = 0; row < count; row++)
            {
                weights[(row * classes) + wanted] = (float)target[row];
            }
        }
    }
}

using System.Numerics;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>Solves linear systems whose matrix is symmetric and positive definite.</summary>
sealed class CholeskyDecomposition
{
    readonly double[][] lower;

    /// <summary>Decomposes a matrix given as its lower triangle, in place: row n has n + 1 entries.</summary>
    public CholeskyDecomposition(double[][] lower)
    {
        this.lower = lower;
        for (var row = 0; row < lower.Length; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var rest = lower[row][column] - Dot(lower[row].AsSpan(0, column), lower[column].AsSpan(0, column));
                lower[row][column] = row == column ? Math.Sqrt(rest) : rest / lower[column][column];
            }
        }
    }

    /// <summary>Replaces the right-hand side by the solution.</summary>
    public void Solve(Span<double> side)
    {
        for (var row = 0; row < side.Length; row++)
        {
            side[row] = (side[row] - Dot(lower[row].AsSpan(0, row), side[..row])) / lower[row][row];
        }

        for (var row = side.Length - 1; row >= 0; row--)
        {
            side[row] /= lower[row][row];
            for (var above = 0; above < row; above++)
            {
                side[above] -= lower[row][above] * side[row];
            }
        }
    }

    static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sums = Vector<double>.Zero;
        var at = 0;
        for (; at + Vector<double>.Count <= one.Length; at += Vector<double>.Count)
        {
            sums += new Vector<double>(one[at..]) * new Vector<double>(other[at..]);
        }

        var sum = Vector.Sum(sums);
        for (; at < one.Length; at++)
        {
            sum += one[at] * other[at];
        }

        return sum;
    }
}

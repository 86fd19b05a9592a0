namespace Teleprompter.Cli;

/// <summary>Three percentiles by nearest rank: each is a value that was measured.</summary>
/// <param name="Count">How many values there were.</param>
/// <param name="P50">Half of the values are at most this.</param>
/// <param name="P95">95 % of them are.</param>
/// <param name="P99">99 % of them are.</param>
sealed record Percentiles(int Count, double P50, double P95, double P99)
{
    /// <summary>Computes them.</summary>
    /// <param name="values">The values, in any order.</param>
    /// <returns>The percentiles; null when there are no values.</returns>
    public static Percentiles? Of(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered.Length == 0 ? null : new Percentiles(ordered.Length, Rank(ordered, 50), Rank(ordered, 95), Rank(ordered, 99));
    }

    static double Rank(double[] ordered, int percent) => ordered[((ordered.Length * percent) + 99) / 100 - 1];
}

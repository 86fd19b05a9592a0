using System.Globalization;

namespace Teleprompter.Tests.Load;

/// <summary>A customer's turn.</summary>
/// <param name="Number">The number in it.</param>
/// <param name="AtMs">When it was meant to leave.</param>
sealed record SaidTurn(long Number, double AtMs)
{
    /// <summary>The turn's id.</summary>
    public string Id => Number.ToString(CultureInfo.InvariantCulture);
}

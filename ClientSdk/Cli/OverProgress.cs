using Spectre.Console.Rendering;

namespace Teleprompter.Cli;

/// <summary>
/// A line written where the progress line stands. The console moves the cursor there and leaves the letters; each row is erased first, or what the new
/// words do not cover would stay.
/// </summary>
/// <param name="line">What is written.</param>
sealed class OverProgress(IRenderable line) : IRenderable
{
    /// <summary>EL, "erase in line" (ECMA-48): from the cursor to the end of the row. ED would send the screen into the scroll-back of some terminals.</summary>
    const string EraseRow = "\u001b[K";

    /// <inheritdoc/>
    public Measurement Measure(RenderOptions options, int maxWidth) => line.Measure(options, maxWidth);

    /// <inheritdoc/>
    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        yield return Segment.Control(EraseRow);
        foreach (var segment in line.Render(options, maxWidth))
        {
            yield return segment;
            if (segment.IsLineBreak)
            {
                yield return Segment.Control(EraseRow);
            }
        }

        yield return Segment.LineBreak;
    }
}

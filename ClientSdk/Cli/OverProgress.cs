using Spectre.Console.Rendering;

namespace Teleprompter.Cli;

/// <summary>
/// A line written over the progress line. The console moves the cursor there without erasing, so each row is erased before it is written.
/// </summary>
sealed class OverProgress(IRenderable line) : IRenderable
{
    /// <summary>EL, "erase in line" (ECMA-48). ED would push the screen into the scroll-back of some terminals.</summary>
    const string EraseRow = "\u001b[K";

    public Measurement Measure(RenderOptions options, int maxWidth) => line.Measure(options, maxWidth);

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

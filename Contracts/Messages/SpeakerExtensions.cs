namespace Teleprompter.Contracts;

/// <summary>What follows from there being two speakers.</summary>
public static class SpeakerExtensions
{
    /// <summary>The other side of the call.</summary>
    /// <param name="speaker">One side.</param>
    public static Speaker Other(this Speaker speaker) => speaker == Speaker.Rep ? Speaker.Customer : Speaker.Rep;
}

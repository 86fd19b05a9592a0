namespace Teleprompter.Tests.ScriptedTranscriber;

/// <summary>What became of one request.</summary>
/// <param name="Number">1 for the first of the server.</param>
/// <param name="Model">The model asked.</param>
/// <param name="Language">The language given.</param>
/// <param name="Prompt">The prompt given; null for none.</param>
/// <param name="AudioMs">How long its audio is.</param>
/// <param name="ReceivedMs">When it was received whole, in milliseconds on <see cref="ScriptedTranscriberServer.NowMs"/>.</param>
public sealed record TranscriberRequest(int Number, string Model, string? Language, string? Prompt, double AudioMs, double ReceivedMs)
{
    /// <summary>Where in the recording its audio ends, in milliseconds; null where it is not of it.</summary>
    public double? EndsAtMs { get; init; }

    /// <summary>Its channel; −1 where it is not of a recording.</summary>
    public int Channel { get; init; } = -1;

    /// <summary>Answered; null while it is not.</summary>
    public string? Text { get; init; }

    /// <summary>The client gave up.</summary>
    public bool Aborted { get; init; }
}

namespace Teleprompter.Tests.ScriptedSpeech;

/// <summary>What became of one request.</summary>
/// <param name="Number">1 for the first of the server.</param>
/// <param name="ReceivedMs">When it was received, in milliseconds on <see cref="ScriptedSpeechServer.NowMs"/>.</param>
public sealed record SpeechRequest(int Number, string Input, string Model, string Voice, string Format, double ReceivedMs)
{
    /// <summary>When the first audio was sent, in milliseconds on <see cref="ScriptedSpeechServer.NowMs"/>; null before.</summary>
    public double? FirstAudioMs { get; init; }

    /// <summary>When it ended, in milliseconds on <see cref="ScriptedSpeechServer.NowMs"/>; null while open.</summary>
    public double? EndedMs { get; init; }

    /// <summary>The client closed it.</summary>
    public bool Aborted { get; init; }
}

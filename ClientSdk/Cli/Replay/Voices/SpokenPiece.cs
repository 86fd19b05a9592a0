namespace Teleprompter.Cli.Replay.Voices;

/// <summary>A piece of speech.</summary>
/// <param name="Pcm">Mono, 16 kHz, 16 bits a sample, little-endian.</param>
/// <param name="At">When it begins in the recording.</param>
/// <param name="EndOfSpeech">Silence follows.</param>
sealed record SpokenPiece(byte[] Pcm, TimeSpan At, bool EndOfSpeech);

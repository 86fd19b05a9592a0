namespace Teleprompter.Cli.Replay.Voices;

/// <summary>How a WAV file writes a sample; the numbers are the file's format tags.</summary>
enum SampleEncoding
{
    Pcm = 1,
    Float = 3,
    ALaw = 6,
    MuLaw = 7,
}

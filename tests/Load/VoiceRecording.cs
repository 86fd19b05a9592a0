using System.Text.Json;

namespace Teleprompter.Tests.Load;

/// <summary>
/// The two voices of a recorded call, cut into frames of 40 ms: what a client that knows when somebody speaks would send.
/// </summary>
static class VoiceRecording
{
    const int Rate = 16_000;
    const int FrameMs = 40;
    const int HeaderBytes = 44;
    const long BeforeMs = 200;
    const long AfterMs = 200;

    /// <summary>Loads <c>shared/audio/sales-call.wav</c>, which lies beside the repository.</summary>
    /// <returns>Its frames by their moments, and its length.</returns>
    public static (IReadOnlyList<VoiceFrame> Frames, long LengthMs) Load()
    {
        var wav = File.ReadAllBytes(Find("audio/sales-call.wav"));
        using var timeline = JsonDocument.Parse(File.ReadAllText(Find("audio/sales-call.json")));
        var frames = timeline.RootElement.GetProperty("turns").EnumerateArray().SelectMany(turn => Cut(
            wav, turn.GetProperty("speaker").GetString()!, turn.GetProperty("startMs").GetInt64(), turn.GetProperty("endMs").GetInt64()));
        return ([.. frames.OrderBy(frame => frame.AtMs)], (wav.Length - HeaderBytes) / 4 * 1000L / Rate);
    }

    static IEnumerable<VoiceFrame> Cut(byte[] wav, string speaker, long startMs, long endMs)
    {
        var channel = speaker == "rep" ? 0 : 1;
        var until = endMs + AfterMs;
        for (var at = startMs - BeforeMs; at < until; at += FrameMs)
        {
            var pcm = new byte[FrameMs * Rate / 1000 * 2];
            for (var sample = 0; sample < pcm.Length / 2; sample++)
            {
                var from = HeaderBytes + (int)(((at * Rate / 1000) + sample) * 4) + (channel * 2);
                if (from + 1 < wav.Length)
                {
                    (pcm[2 * sample], pcm[(2 * sample) + 1]) = (wav[from], wav[from + 1]);
                }
            }

            yield return new VoiceFrame(at, startMs - BeforeMs, speaker, pcm, at + FrameMs >= until ? endMs : null);
        }
    }

    /// <summary>The path of a file in <c>shared</c>.</summary>
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException($"shared/{path} is not beside the repository.");
    }
}

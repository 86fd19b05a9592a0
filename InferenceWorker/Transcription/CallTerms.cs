using Teleprompter.Contracts;

namespace Teleprompter.InferenceWorker.Transcription;

/// <summary>What helps a transcriber to understand a call: its language, and the names that are likely to be said.</summary>
/// <param name="language">BCP 47 tag; null for English.</param>
public sealed class CallTerms(string? language, Func<CallBrief> brief)
{
    // Whisper reads at most 224 tokens of a prompt, and a long one costs time.
    const int LongestPrompt = 300;

    CallBrief? read;
    string? prompt;

    /// <summary>BCP 47 tag; null for English.</summary>
    public string? Language => language;

    /// <summary>The names of the brief, as a prompt; null when it has none.</summary>
    public string? Prompt
    {
        get
        {
            var now = brief();
            if (!ReferenceEquals(read, now))
            {
                (read, prompt) = (now, Of(now));
            }

            return prompt;
        }
    }

    static string? Of(CallBrief brief)
    {
        string?[] fields = [brief.RepName, brief.CustomerName, brief.Company, brief.Product];
        var names = string.Join(", ", fields.Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name!.Trim()));
        return names.Length == 0 ? null : $"Names: {(names.Length > LongestPrompt ? names[..LongestPrompt] : names)}.";
    }
}

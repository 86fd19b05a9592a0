using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.ContextAssembly;

/// <summary>Refuses settings that cannot work, naming the setting and what to set.</summary>
sealed class ContextOptionsValidator : IValidateOptions<ContextOptions>
{
    const int LeastTranscript = 100;
    const int LeastSummary = 100;

    // The brief's fields, some notes and the beginning of a card.
    const int LeastBrief = 250;

    public ValidateOptionsResult Validate(string? name, ContextOptions options)
    {
        var faults = new List<string>();
        foreach (var (setting, tokens, least, usual) in new[]
        {
            (nameof(options.TranscriptTokens), options.TranscriptTokens, LeastTranscript, 500),
            (nameof(options.SummaryTokens), options.SummaryTokens, LeastSummary, 200),
            (nameof(options.BriefTokens), options.BriefTokens, LeastBrief, 300),
            (nameof(options.NotesTokens), options.NotesTokens, 0, 300),
        })
        {
            if (tokens < least || tokens > 20_000)
            {
                faults.Add($"Context:{setting} must be {least} to 20000: set it to {usual}, the default, or remove it.");
            }
        }

        var leastTotal = (int)Math.Ceiling(
            (ContextAssembler.FixedTokens + options.BriefTokens + options.SummaryTokens + LeastTranscript) * (1 + TokenEstimate.Margin));
        if (faults.Count == 0 && options.TotalTokens < leastTotal)
        {
            faults.Add(
                $"Context:TotalTokens is too small for its parts: set it to {leastTotal} or more, "
                + "or lower Context:BriefTokens or Context:SummaryTokens.");
        }

        if (options.Window < TimeSpan.FromSeconds(15) || options.Window > TimeSpan.FromMinutes(10))
        {
            faults.Add("Context:Window must be 15 seconds to 10 minutes: write it as hours:minutes:seconds, for example 00:01:30.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
